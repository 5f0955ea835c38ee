using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>Runs a query by its compiled form where there is one, and as an ordinary EF query otherwise.</summary>
internal sealed class QueryRunner<T>
    where T : class
{
    /// <summary>Builds the tree of a query on a root, with its specification and the expressions of its extra parameters.</summary>
    public delegate Expression Build(Expression root, SpecificationTemplate template, IReadOnlyList<Expression> extra);

    private readonly DbContext _context;
    private readonly SpecificationTemplate _template;
    private readonly ParameterExpression[] _parameters;
    private readonly object?[] _values;
    private readonly int _extra;

    /// <summary>Prepares a run.</summary>
    /// <param name="context">The context to run on.</param>
    /// <param name="template">The specification.</param>
    /// <param name="values">The values of its parameters.</param>
    /// <param name="extra">Parameters besides those of the specification, with their values.</param>
    public QueryRunner(
        DbContext context,
        SpecificationTemplate template,
        IReadOnlyList<object?> values,
        params IReadOnlyList<(ParameterExpression Parameter, object? Value)> extra)
    {
        _context = context;
        _template = template;
        _parameters = [.. template.Parameters, .. extra.Select(pair => pair.Parameter)];
        _values = [.. values, .. extra.Select(pair => pair.Value)];
        _extra = template.Parameters.Count;
    }

    private bool IsCompilable => _template.IsComplete && _parameters.Length <= QueryCompiler.MaxParameters;

    public IAsyncEnumerable<TResult> Rows<TResult>(object operation, Build build)
    {
        var query = IsCompilable
            ? CompiledQueries.Of(_context.Model).Get(Shape(operation), () => Compile(QueryCompiler.Rows<TResult>, build))
            : null;
        return query is not null ? query(_context, _values) : Ordinary<TResult>(build).AsAsyncEnumerable();
    }

    public Task<TResult> ScalarAsync<TResult>(object operation, Build build, CancellationToken cancellationToken)
    {
        var query = IsCompilable
            ? CompiledQueries.Of(_context.Model).Get(Shape(operation), () => Compile(QueryCompiler.Scalar<TResult>, build))
            : null;
        if (query is not null)
            return query(_context, _values, cancellationToken);

        var root = _context.Set<T>().AsQueryable();
        return ((IAsyncQueryProvider)root.Provider).ExecuteAsync<Task<TResult>>(OrdinaryTree(root.Expression, build), cancellationToken);
    }

    private QueryShape Shape(object operation) => new(_template, QueryEnvironment.Of(_context), operation);

    private TQuery Compile<TQuery>(Func<ParameterExpression, IReadOnlyList<ParameterExpression>, Expression, TQuery> compile, Build build)
    {
        var context = Expression.Parameter(typeof(DbContext), "context");
        var root = Expression.Call(context, nameof(DbContext.Set), [typeof(T)]);
        return compile(context, _parameters, build(root, _template, _parameters[_extra..]));
    }

    private IQueryable<TResult> Ordinary<TResult>(Build build)
    {
        var root = _context.Set<T>().AsQueryable();
        return root.Provider.CreateQuery<TResult>(OrdinaryTree(root.Expression, build));
    }

    private Expression OrdinaryTree(Expression root, Build build)
    {
        var boxes = new Dictionary<ParameterExpression, Expression>();
        for (var i = 0; i < _parameters.Length; i++)
            boxes[_parameters[i]] = ValueBox.Access(_parameters[i].Type, _values[i]);

        var tree = build(root, _template.Substitute(boxes), [.. _parameters[_extra..].Select(parameter => boxes[parameter])]);
        return new LiteralLimits().Visit(tree);
    }
}
