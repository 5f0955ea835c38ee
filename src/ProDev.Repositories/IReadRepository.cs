namespace ProDev.Repositories;

/// <summary>
/// Reads entities by key or by specification. It hands out results, never a query that could be extended elsewhere, and it has no
/// way to read a whole table by accident. It does not track what it reads, unless the specification asks for it.
/// </summary>
/// <remarks>
/// It belongs to one scope and is not thread-safe: await one call before the next. Every call surfaces a cancellation with the token
/// it was given.
/// </remarks>
/// <typeparam name="T">The entity type.</typeparam>
public interface IReadRepository<T>
    where T : class
{
    /// <summary>Reads the entity with a key.</summary>
    /// <param name="key">The primary key, of the exact type of the key property. A composite key is a tuple in the order of the key: <c>("FR", 11)</c>.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The entity, or <see langword="null"/> when there is none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> does not have the type of the entity's key.</exception>
    Task<T?> FindAsync(object key, CancellationToken cancellationToken = default);

    /// <summary>Reads the first entity of a specification.</summary>
    /// <param name="specification">Which entities, in which order. Without an order, any of them may be the first.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The entity, or <see langword="null"/> when there is none.</returns>
    Task<T?> FirstOrDefaultAsync(Specification<T> specification, CancellationToken cancellationToken = default);

    /// <summary>Reads the first result of a specification.</summary>
    /// <param name="specification">Which results, in which order. Without an order, any of them may be the first.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The result, or the default of its type when there is none.</returns>
    Task<TResult?> FirstOrDefaultAsync<TResult>(Specification<T, TResult> specification, CancellationToken cancellationToken = default);

    /// <summary>Reads the entities of a specification that says how many there may be.</summary>
    /// <param name="specification">Which entities. It calls <c>Take</c>, or <c>Unbounded</c> where the set is known to be small.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The entities; empty when there are none.</returns>
    /// <exception cref="InvalidOperationException">The specification has no bound.</exception>
    Task<IReadOnlyList<T>> ListAsync(Specification<T> specification, CancellationToken cancellationToken = default);

    /// <summary>Reads the results of a specification that says how many there may be.</summary>
    /// <param name="specification">Which results. It calls <c>Take</c>, or <c>Unbounded</c> where the set is known to be small.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The results; empty when there are none.</returns>
    /// <exception cref="InvalidOperationException">The specification has no bound.</exception>
    Task<IReadOnlyList<TResult>> ListAsync<TResult>(Specification<T, TResult> specification, CancellationToken cancellationToken = default);

    /// <summary>Reads one page of entities. The cost does not depend on how deep the page lies.</summary>
    /// <param name="specification">
    /// Which entities, in which order. The primary key is added as the last key where the order is not total. Its <c>Take</c> is ignored.
    /// </param>
    /// <param name="request">Which page.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The page; without items when there are none.</returns>
    /// <exception cref="InvalidCursorException">The cursor of the request is refused.</exception>
    /// <exception cref="InvalidOperationException">The order has a key that a page cannot seek by; the message names it and the remedy.</exception>
    Task<CursorPage<T>> PageAsync(Specification<T> specification, CursorRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads one page of results. The cost does not depend on how deep the page lies.</summary>
    /// <inheritdoc cref="PageAsync" path="/param"/>
    /// <inheritdoc cref="PageAsync" path="/returns"/>
    /// <inheritdoc cref="PageAsync" path="/exception"/>
    Task<CursorPage<TResult>> PageAsync<TResult>(
        Specification<T, TResult> specification, CursorRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads the entities of a specification one by one, without holding them all in memory. No bound is needed.</summary>
    /// <param name="specification">Which entities, in which order.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The entities. The connection is busy until the enumeration ends or is disposed.</returns>
    IAsyncEnumerable<T> StreamAsync(Specification<T> specification, CancellationToken cancellationToken = default);

    /// <summary>Reads the results of a specification one by one, without holding them all in memory. No bound is needed.</summary>
    /// <param name="specification">Which results, in which order.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The results. The connection is busy until the enumeration ends or is disposed.</returns>
    IAsyncEnumerable<TResult> StreamAsync<TResult>(Specification<T, TResult> specification, CancellationToken cancellationToken = default);

    /// <summary>Counts the rows that meet the specification's conditions, whatever its limit.</summary>
    /// <param name="specification">Which rows. Its order, limit, includes and projection do not matter.</param>
    /// <param name="cancellationToken">Stops the count.</param>
    Task<long> CountAsync(Specification<T> specification, CancellationToken cancellationToken = default);

    /// <summary>Tells whether any row meets the specification's conditions.</summary>
    /// <param name="specification">Which rows. Its order, limit, includes and projection do not matter.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    Task<bool> AnyAsync(Specification<T> specification, CancellationToken cancellationToken = default);
}
