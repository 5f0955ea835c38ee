using Microsoft.EntityFrameworkCore;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <inheritdoc cref="IReadRepository{T}"/>
internal class EfReadRepository<T>(RepositoryServices services) : IReadRepository<T>
    where T : class
{
    protected DbContext Context { get; } = services.ContextOf(typeof(T));

    protected virtual bool Tracks => false;

    /// <inheritdoc/>
    public virtual Task<T?> FindAsync(object key, CancellationToken cancellationToken = default) =>
        KeyQuery.FindAsync<T>(Context, key, cancellationToken);

    /// <inheritdoc/>
    public Task<T?> FirstOrDefaultAsync(Specification<T> specification, CancellationToken cancellationToken = default) =>
        SpecificationQueries.FirstOrDefaultAsync<T, T>(Context, specification, selector: null, Tracks, cancellationToken);

    /// <inheritdoc/>
    public Task<TResult?> FirstOrDefaultAsync<TResult>(Specification<T, TResult> specification, CancellationToken cancellationToken = default) =>
        SpecificationQueries.FirstOrDefaultAsync<T, TResult>(Context, specification, specification?.Selector, Tracks, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<T>> ListAsync(Specification<T> specification, CancellationToken cancellationToken = default) =>
        SpecificationQueries.ListAsync<T, T>(Context, specification, selector: null, Tracks, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TResult>> ListAsync<TResult>(Specification<T, TResult> specification, CancellationToken cancellationToken = default) =>
        SpecificationQueries.ListAsync<T, TResult>(Context, specification, specification?.Selector, Tracks, cancellationToken);

    /// <inheritdoc/>
    public Task<CursorPage<T>> PageAsync(Specification<T> specification, CursorRequest request, CancellationToken cancellationToken = default) =>
        PageReader.PageAsync<T, T>(
            Context, specification, selector: null, Tracks, request, services.Signer, services.CursorScope(), cancellationToken);

    /// <inheritdoc/>
    public Task<CursorPage<TResult>> PageAsync<TResult>(
        Specification<T, TResult> specification, CursorRequest request, CancellationToken cancellationToken = default) =>
        PageReader.PageAsync<T, TResult>(
            Context, specification, specification?.Selector, Tracks, request, services.Signer, services.CursorScope(), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<T> StreamAsync(Specification<T> specification, CancellationToken cancellationToken = default) =>
        SpecificationQueries.Stream<T, T>(Context, specification, selector: null, Tracks, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<TResult> StreamAsync<TResult>(Specification<T, TResult> specification, CancellationToken cancellationToken = default) =>
        SpecificationQueries.Stream<T, TResult>(Context, specification, specification?.Selector, Tracks, cancellationToken);

    /// <inheritdoc/>
    public Task<long> CountAsync(Specification<T> specification, CancellationToken cancellationToken = default) =>
        SpecificationQueries.CountAsync(Context, specification, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> AnyAsync(Specification<T> specification, CancellationToken cancellationToken = default) =>
        SpecificationQueries.AnyAsync(Context, specification, cancellationToken);
}
