using System.Linq.Expressions;

namespace ProDev.Repositories;

/// <summary>One sort key of a <see cref="Specification{T}"/>.</summary>
/// <param name="Key">The key: a lambda from the entity to a value.</param>
/// <param name="Descending">Whether the largest value comes first.</param>
public sealed record OrderClause(LambdaExpression Key, bool Descending);
