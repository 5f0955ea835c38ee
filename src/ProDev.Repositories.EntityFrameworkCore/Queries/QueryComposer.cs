using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>Composes the expression tree of a query from a specification, one clause at a time.</summary>
internal static class QueryComposer
{
    /// <summary>The rows that meet the conditions, with the settings that hold for the whole query.</summary>
    public static Expression Rows(Expression root, SpecificationTemplate template)
    {
        Expression query = CallEf(
            template.IsTracking ? nameof(EntityFrameworkQueryableExtensions.AsTracking) : nameof(EntityFrameworkQueryableExtensions.AsNoTracking),
            root,
            template.Entity);
        if (template.IsSplitQuery)
            query = Expression.Call(typeof(RelationalQueryableExtensions), nameof(RelationalQueryableExtensions.AsSplitQuery), [template.Entity], query);

        foreach (var tag in template.Tags)
            query = CallEf(nameof(EntityFrameworkQueryableExtensions.TagWith), query, template.Entity, Expression.Constant(tag));

        foreach (var filter in template.Filters)
            query = Where(query, filter.Predicate);

        return query;
    }

    /// <summary>A whole list: conditions, order, limit, includes, projection.</summary>
    public static Expression List(Expression root, SpecificationTemplate template, int? limit)
    {
        var query = Rows(root, template);
        for (var i = 0; i < template.Orders.Count; i++)
            query = OrderBy(query, template.Orders[i].Key, template.Orders[i].Descending, isFirst: i == 0);

        if (limit is { } count)
            query = Take(query, template.Entity, count);

        query = Include(query, template);
        return template.Selector is null ? query : Select(query, template.Selector);
    }

    public static Expression Include(Expression query, SpecificationTemplate template)
    {
        foreach (var path in template.Includes)
        {
            query = IncludePath.TryParse(path) is { } text
                ? CallEf(nameof(EntityFrameworkQueryableExtensions.Include), query, template.Entity, Expression.Constant(text))
                : Expression.Call(
                    typeof(EntityFrameworkQueryableExtensions),
                    nameof(EntityFrameworkQueryableExtensions.Include),
                    [template.Entity, path.ReturnType],
                    query,
                    Expression.Quote(path));
        }

        return query;
    }

    public static Expression Where(Expression query, LambdaExpression predicate) =>
        Expression.Call(typeof(Queryable), nameof(Queryable.Where), [predicate.Parameters[0].Type], query, Expression.Quote(predicate));

    public static Expression OrderBy(Expression query, LambdaExpression key, bool descending, bool isFirst)
    {
        var method = (isFirst, descending) switch
        {
            (true, false) => nameof(Queryable.OrderBy),
            (true, true) => nameof(Queryable.OrderByDescending),
            (false, false) => nameof(Queryable.ThenBy),
            (false, true) => nameof(Queryable.ThenByDescending),
        };
        return Expression.Call(typeof(Queryable), method, [key.Parameters[0].Type, key.ReturnType], query, Expression.Quote(key));
    }

    // The size is a literal in the statement: PostgreSQL plans a statement with an unknown limit anew each time it runs.
    public static Expression Take(Expression query, Type element, int count) =>
        Expression.Call(typeof(Queryable), nameof(Queryable.Take), [element], query, Expression.Constant(count));

    public static Expression Select(Expression query, LambdaExpression selector) =>
        Expression.Call(
            typeof(Queryable), nameof(Queryable.Select), [selector.Parameters[0].Type, selector.ReturnType], query, Expression.Quote(selector));

    private static MethodCallExpression CallEf(string method, Expression query, Type entity, params Expression[] arguments) =>
        Expression.Call(typeof(EntityFrameworkQueryableExtensions), method, [entity], [query, .. arguments]);
}
