using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>
/// Composes the one statement of a page: disjoint seeks, each ordered by all keys and limited, put together by UNION ALL, ordered and
/// limited again, and only then joined with related data and projected.
/// </summary>
/// <remarks>
/// Each seek names all keys in its ORDER BY, also those that its condition fixes: PostgreSQL does not conclude from IS NULL that a key is
/// constant, and would walk another index and filter.
/// </remarks>
internal sealed class PageQuery<T, TResult>
    where T : class
{
    private readonly IEntityType _entity;
    private readonly IReadOnlyList<PageKey> _keys;
    private readonly PageShape _shape;
    private readonly SeekBranches _branches;

    public PageQuery(DbContext context, IReadOnlyList<PageKey> keys, PageShape shape)
    {
        _entity = context.EntityTypeOf<T>();
        _keys = keys;
        _shape = shape;
        _branches = new SeekBranches(keys, shape, ProviderTraits.Of(context).NullsAreLargest ?? true);
    }

    /// <summary>Builds the tree.</summary>
    /// <param name="root">All entities.</param>
    /// <param name="template">The specification.</param>
    /// <param name="values">The values of the keys that are not null at the position, in order.</param>
    public Expression Build(Expression root, SpecificationTemplate template, IReadOnlyList<Expression> values)
    {
        var rows = QueryComposer.Rows(root, template);
        var page = _shape.HasPosition ? Beyond(root, rows, template, Spread(values)) : Limit(rows);
        return QueryComposer.Select(QueryComposer.Include(page, template), Projection(template));
    }

    private Expression Beyond(Expression root, Expression rows, SpecificationTemplate template, IReadOnlyList<Expression?> values)
    {
        var row = Expression.Parameter(typeof(T), "row");
        var seeks = _branches.Conditions(row, values)
            .Select(condition => Limit(QueryComposer.Where(rows, Expression.Lambda<Func<T, bool>>(condition, row))))
            .ToList();
        if (seeks.Count == 1)
            return seeks[0];

        // EF cannot load a collection for the rows of a union, so the union finds the keys of the page and the rows are read by them.
        if (!CollectionUse.NeedsPlainRows(_entity, template))
            return Limit(seeks.Aggregate(Concat));

        var key = SingleKey(template);
        return Limit(QueryComposer.Where(Settings(root, template), IsIn(seeks.Select(seek => KeysOf(seek, key)).Aggregate(Concat), key)));
    }

    private IProperty SingleKey(SpecificationTemplate template) =>
        _entity.FindPrimaryKey() is { Properties: [var single] } ? single : throw new InvalidOperationException(
            $"Specification '{template.Specification.Name}' cannot be paged: it loads a collection with each '{_entity.DisplayName()}', which needs a " +
            "primary key of one property. Load the collection by a query of its own for the items of the page, or reduce it to a value such as its count.");

    // The outer query of a page by keys: the conditions hold inside already.
    private static Expression Settings(Expression root, SpecificationTemplate template) => QueryComposer.Rows(root, template.WithoutConditions());

    private static Expression<Func<T, bool>> IsIn(Expression keys, IProperty property)
    {
        var row = Expression.Parameter(typeof(T), "row");
        return Expression.Lambda<Func<T, bool>>(
            Expression.Call(typeof(Queryable), nameof(Queryable.Contains), [property.ClrType], keys, PropertyAccess.Read(row, property)), row);
    }

    private static Expression KeysOf(Expression seek, IProperty property)
    {
        var row = Expression.Parameter(typeof(T), "row");
        return QueryComposer.Select(seek, Expression.Lambda(PropertyAccess.Read(row, property), row));
    }

    private static Expression Concat(Expression first, Expression second) =>
        Expression.Call(typeof(Queryable), nameof(Queryable.Concat), [first.Type.GetGenericArguments()[0]], first, second);

    private Expression Limit(Expression rows)
    {
        for (var i = 0; i < _keys.Count; i++)
            rows = QueryComposer.OrderBy(rows, _keys[i].Selector, _branches.ReadsDescending(_keys[i]), isFirst: i == 0);

        return QueryComposer.Take(rows, typeof(T), _shape.Rows);
    }

    private Expression?[] Spread(IReadOnlyList<Expression> values)
    {
        var all = new Expression?[_keys.Count];
        for (int i = 0, next = 0; i < all.Length; i++)
            all[i] = _shape.IsNull(i) ? null : values[next++];

        return all;
    }

    private Expression<Func<T, PageRow<TResult>>> Projection(SpecificationTemplate template)
    {
        var row = Expression.Parameter(typeof(T), "row");
        var keys = _keys.Select(key => (Expression)Expression.Convert(ParameterReplacer.Inline(key.Selector, row), typeof(object)));
        var body = Expression.MemberInit(
            Expression.New(typeof(PageRow<TResult>)),
            Expression.Bind(
                typeof(PageRow<TResult>).GetProperty(nameof(PageRow<TResult>.Item))!,
                template.Selector is null ? row : ParameterReplacer.Inline(template.Selector, row)),
            Expression.Bind(
                typeof(PageRow<TResult>).GetProperty(nameof(PageRow<TResult>.Keys))!,
                Expression.NewArrayInit(typeof(object), keys)));
        return Expression.Lambda<Func<T, PageRow<TResult>>>(body, row);
    }
}
