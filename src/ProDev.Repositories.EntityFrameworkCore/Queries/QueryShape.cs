using Microsoft.EntityFrameworkCore.Query;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>
/// Everything that decides the statement of a query except the values of its parameters: the key of a compiled query. Two shapes are
/// equal only when their expressions are equal node by node, constants included, so that no value of one instance is ever baked into
/// the query of another.
/// </summary>
internal sealed class QueryShape : IEquatable<QueryShape>
{
    private readonly SpecificationTemplate _template;
    private readonly QueryEnvironment _environment;
    private readonly object _operation;
    private readonly int _hash;

    /// <summary>Makes the shape of an operation.</summary>
    /// <param name="template">The specification.</param>
    /// <param name="environment">The settings of the context.</param>
    /// <param name="operation">What is done with it, comparable by value.</param>
    public QueryShape(SpecificationTemplate template, QueryEnvironment environment, object operation)
    {
        _template = template;
        _environment = environment;
        _operation = operation;
        _hash = ComputeHash();
    }

    public Type Specification => _template.Specification;

    public bool Equals(QueryShape? other) =>
        other is not null
        && _hash == other._hash
        && _template.Specification == other._template.Specification
        && _template.Entity == other._template.Entity
        && _operation.Equals(other._operation)
        && _environment == other._environment
        && _template.IsTracking == other._template.IsTracking
        && _template.IsSplitQuery == other._template.IsSplitQuery
        && _template.Limit == other._template.Limit
        && _template.Tags.SequenceEqual(other._template.Tags, StringComparer.Ordinal)
        && _template.Filters.Select(filter => filter.Predicate).SequenceEqual(other._template.Filters.Select(filter => filter.Predicate), ExpressionEqualityComparer.Instance)
        && _template.Orders.Select(order => order.Descending).SequenceEqual(other._template.Orders.Select(order => order.Descending))
        && _template.Orders.Select(order => order.Key).SequenceEqual(other._template.Orders.Select(order => order.Key), ExpressionEqualityComparer.Instance)
        && _template.Includes.SequenceEqual(other._template.Includes, ExpressionEqualityComparer.Instance)
        && ExpressionEqualityComparer.Instance.Equals(_template.Selector, other._template.Selector);

    public override bool Equals(object? obj) => Equals(obj as QueryShape);

    public override int GetHashCode() => _hash;

    private int ComputeHash()
    {
        var hash = new HashCode();
        hash.Add(_template.Specification);
        hash.Add(_operation);
        hash.Add(_environment.Provider, StringComparer.Ordinal);
        hash.Add(_template.IsTracking);
        hash.Add(_template.Limit);
        foreach (var filter in _template.Filters)
            hash.Add(filter.Predicate, ExpressionEqualityComparer.Instance);

        foreach (var order in _template.Orders)
        {
            hash.Add(order.Descending);
            hash.Add(order.Key, ExpressionEqualityComparer.Instance);
        }

        if (_template.Selector is not null)
            hash.Add(_template.Selector, ExpressionEqualityComparer.Instance);

        return hash.ToHashCode();
    }
}
