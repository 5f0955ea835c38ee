using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>
/// Turns the captured values of a specification's lambdas into query parameters. What remains is a template that is equal for all
/// instances of the specification, whatever values they hold, and so can be the key of a compiled query.
/// </summary>
internal sealed class ParameterExtractor(DbContext context) : ExpressionVisitor
{
    private readonly IEvaluatableExpressionFilter _filter = context.GetService<IEvaluatableExpressionFilter>();
    private readonly List<ParameterExpression> _parameters = [];
    private readonly List<object?> _values = [];
    private ClosureAnalysis _analysis = null!; // Set by Extract before any visit.

    public IReadOnlyList<ParameterExpression> Parameters => _parameters;

    public IReadOnlyList<object?> Values => _values;

    /// <summary>Whether every captured value became a parameter. A captured query or context cannot, so such a query is not cached.</summary>
    public bool IsComplete { get; private set; } = true;

    public LambdaExpression Extract(LambdaExpression lambda)
    {
        _analysis = new ClosureAnalysis(_filter, context.Model);
        _analysis.Visit(lambda);
        return Expression.Lambda(lambda.Type, Visit(lambda.Body)!, lambda.Parameters); // A body is never removed.
    }

    public override Expression? Visit(Expression? node)
    {
        if (node is null || !_analysis.IsCaptured(node) || !CanBeParameter(node))
            return base.Visit(node);

        if (IsPartOfTheQuery(node.Type))
        {
            IsComplete = false;
            return node;
        }

        return AddParameter(node);
    }

    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        if (node.Method.DeclaringType != typeof(EF) || node.Method.Name == nameof(EF.Property))
            return base.VisitMethodCall(node);

        // EF.Constant and its kin say how to send a value, which EF cannot do in a compiled query.
        IsComplete = false;
        return node;
    }

    // A constructor call before an initializer must stay one; only its arguments may change.
    protected override Expression VisitMemberInit(MemberInitExpression node) =>
        node.Update((NewExpression)base.VisitNew(node.NewExpression), Visit(node.Bindings, VisitMemberBinding));

    protected override Expression VisitListInit(ListInitExpression node) =>
        node.Update((NewExpression)base.VisitNew(node.NewExpression), Visit(node.Initializers, VisitElementInit));

    private static bool CanBeParameter(Expression node) =>
        node is not LambdaExpression
        && node.NodeType != ExpressionType.Quote
        && node.Type != typeof(void)
        && !node.Type.IsByRefLike;

    private static bool IsPartOfTheQuery(Type type) =>
        typeof(IQueryable).IsAssignableFrom(type)
        || typeof(DbContext).IsAssignableFrom(type)
        || typeof(Expression).IsAssignableFrom(type);

    private ParameterExpression AddParameter(Expression node)
    {
        var parameter = Expression.Parameter(node.Type, $"p{_parameters.Count}");
        _parameters.Add(parameter);
        _values.Add(Evaluate(node));
        return parameter;
    }

    // Closures are chains of fields, so the common case needs no compilation.
    private static object? Evaluate(Expression node) => node switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field, Expression: null } => field.GetValue(null),
        MemberExpression { Member: FieldInfo field, Expression: { } owner } when Evaluate(owner) is { } closure => field.GetValue(closure),
        UnaryExpression { NodeType: ExpressionType.Convert, Method: null } lift when Nullable.GetUnderlyingType(lift.Type) == lift.Operand.Type =>
            Evaluate(lift.Operand),
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(node, typeof(object))).Compile(preferInterpretation: true)(),
    };
}
