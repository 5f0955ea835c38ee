using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>A specification whose captured values stand apart from its lambdas; see <see cref="ParameterExtractor"/>.</summary>
internal sealed class SpecificationTemplate
{
    private SpecificationTemplate(
        Type specification, Type entity, FilterTemplate[] filters, OrderClause[] orders, LambdaExpression[] includes, LambdaExpression? selector)
    {
        Specification = specification;
        Entity = entity;
        Filters = filters;
        Orders = orders;
        Includes = includes;
        Selector = selector;
    }

    public Type Specification { get; }

    public Type Entity { get; }

    public IReadOnlyList<FilterTemplate> Filters { get; }

    public IReadOnlyList<OrderClause> Orders { get; private init; }

    public IReadOnlyList<LambdaExpression> Includes { get; private init; }

    public LambdaExpression? Selector { get; private init; }

    public IReadOnlyList<string> Tags { get; private init; } = [];

    public bool IsSplitQuery { get; private init; }

    public bool IsTracking { get; private init; }

    public int? Limit { get; private init; }

    public IReadOnlyList<ParameterExpression> Parameters { get; private init; } = [];

    public bool IsComplete { get; private init; }

    public Type Result => Selector?.ReturnType ?? Entity;

    /// <summary>Takes a specification apart.</summary>
    /// <param name="context">The context that will run it.</param>
    /// <param name="specification">The specification.</param>
    /// <param name="selector">Its projection, or null for whole entities.</param>
    /// <param name="tracks">Whether entities are tracked when the specification does not say.</param>
    /// <param name="values">The captured values, one for each parameter. The template outlives the call, they do not.</param>
    public static SpecificationTemplate Create<T>(
        DbContext context, Specification<T> specification, LambdaExpression? selector, bool tracks, out IReadOnlyList<object?> values)
        where T : class
    {
        var extractor = new ParameterExtractor(context);
        var template = new SpecificationTemplate(
            specification.GetType(),
            typeof(T),
            [.. specification.Filters.Select(filter => new FilterTemplate(extractor.Extract(filter.Predicate), filter.BindsCursor))],
            [.. specification.Orders.Select(order => order with { Key = extractor.Extract(order.Key) })],
            selector is null ? [.. specification.Includes.Select(extractor.Extract)] : [],
            selector is null ? null : extractor.Extract(selector))
        {
            Tags = specification.Tags,
            IsSplitQuery = specification.IsSplitQuery,
            IsTracking = specification.Tracking ?? (selector is null && tracks),
            Limit = specification.Limit,
            Parameters = extractor.Parameters,
            IsComplete = extractor.IsComplete,
        };
        values = extractor.Values;
        return template;
    }

    /// <summary>The same conditions alone, for a count.</summary>
    public SpecificationTemplate ConditionsOnly() => new(Specification, Entity, [.. Filters], [], [], null)
    {
        Tags = Tags,
        Parameters = Parameters,
        IsComplete = IsComplete,
    };

    /// <summary>The same settings without any condition.</summary>
    public SpecificationTemplate WithoutConditions() => new(Specification, Entity, [], [], [], null)
    {
        Tags = Tags,
        IsSplitQuery = IsSplitQuery,
        IsTracking = IsTracking,
    };

    /// <summary>The same specification with every parameter replaced, for a query that is not compiled.</summary>
    public SpecificationTemplate Substitute(IReadOnlyDictionary<ParameterExpression, Expression> replacements)
    {
        var visitor = new ParameterReplacer(replacements);
        return new SpecificationTemplate(
            Specification,
            Entity,
            [.. Filters.Select(filter => filter with { Predicate = visitor.Replace(filter.Predicate) })],
            [.. Orders.Select(order => order with { Key = visitor.Replace(order.Key) })],
            [.. Includes.Select(visitor.Replace)],
            Selector is null ? null : visitor.Replace(Selector))
        {
            Tags = Tags,
            IsSplitQuery = IsSplitQuery,
            IsTracking = IsTracking,
            Limit = Limit,
            IsComplete = IsComplete,
        };
    }
}
