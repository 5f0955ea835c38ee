using System.Linq.Expressions;

namespace ProDev.Repositories;

/// <summary>One condition of a <see cref="Specification{T}"/>.</summary>
/// <typeparam name="T">The entity type.</typeparam>
/// <param name="Predicate">The condition.</param>
/// <param name="BindsCursor">Whether a cursor is valid only for the values that the condition had captured.</param>
public sealed record FilterClause<T>(Expression<Func<T, bool>> Predicate, bool BindsCursor);
