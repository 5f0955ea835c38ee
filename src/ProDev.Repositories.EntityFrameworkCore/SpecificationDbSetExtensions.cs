using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>
/// Runs specifications on a <see cref="DbSet{TEntity}"/>, without a repository. Entities are tracked as the context does by default, unless
/// the specification says otherwise.
/// </summary>
public static class SpecificationDbSetExtensions
{
    /// <inheritdoc cref="IReadRepository{T}.FirstOrDefaultAsync(Specification{T}, CancellationToken)"/>
    /// <param name="set">The entities.</param>
    /// <param name="specification">What to read; see the repository method of the same name.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public static Task<T?> FirstOrDefaultAsync<T>(
        this DbSet<T> set, Specification<T> specification, CancellationToken cancellationToken = default)
        where T : class
    {
        var context = ContextOf(set);
        return SpecificationQueries.FirstOrDefaultAsync<T, T>(context, specification, selector: null, Tracks(context), cancellationToken);
    }

    /// <inheritdoc cref="IReadRepository{T}.FirstOrDefaultAsync{TResult}(Specification{T, TResult}, CancellationToken)"/>
    /// <param name="set">The entities.</param>
    /// <param name="specification">What to read; see the repository method of the same name.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public static Task<TResult?> FirstOrDefaultAsync<T, TResult>(
        this DbSet<T> set, Specification<T, TResult> specification, CancellationToken cancellationToken = default)
        where T : class =>
        SpecificationQueries.FirstOrDefaultAsync<T, TResult>(ContextOf(set), specification, specification?.Selector, tracks: false, cancellationToken);

    /// <inheritdoc cref="IReadRepository{T}.ListAsync(Specification{T}, CancellationToken)"/>
    /// <param name="set">The entities.</param>
    /// <param name="specification">What to read; see the repository method of the same name.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public static Task<IReadOnlyList<T>> ListAsync<T>(
        this DbSet<T> set, Specification<T> specification, CancellationToken cancellationToken = default)
        where T : class
    {
        var context = ContextOf(set);
        return SpecificationQueries.ListAsync<T, T>(context, specification, selector: null, Tracks(context), cancellationToken);
    }

    /// <inheritdoc cref="IReadRepository{T}.ListAsync{TResult}(Specification{T, TResult}, CancellationToken)"/>
    /// <param name="set">The entities.</param>
    /// <param name="specification">What to read; see the repository method of the same name.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public static Task<IReadOnlyList<TResult>> ListAsync<T, TResult>(
        this DbSet<T> set, Specification<T, TResult> specification, CancellationToken cancellationToken = default)
        where T : class =>
        SpecificationQueries.ListAsync<T, TResult>(ContextOf(set), specification, specification?.Selector, tracks: false, cancellationToken);

    /// <inheritdoc cref="IReadRepository{T}.PageAsync(Specification{T}, CursorRequest, CancellationToken)"/>
    /// <param name="set">The entities.</param>
    /// <param name="specification">What to read; see the repository method of the same name.</param>
    /// <param name="request">Which page.</param>
    /// <param name="signer">Signs and verifies the cursors.</param>
    /// <param name="cursorScope">The tenant or user the cursors are bound to; null for none.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public static Task<CursorPage<T>> PageAsync<T>(
        this DbSet<T> set,
        Specification<T> specification,
        CursorRequest request,
        CursorSigner signer,
        string? cursorScope = null,
        CancellationToken cancellationToken = default)
        where T : class
    {
        var context = ContextOf(set);
        return PageReader.PageAsync<T, T>(
            context, specification, selector: null, Tracks(context), request, signer, cursorScope, cancellationToken);
    }

    /// <inheritdoc cref="IReadRepository{T}.PageAsync{TResult}(Specification{T, TResult}, CursorRequest, CancellationToken)"/>
    /// <param name="set">The entities.</param>
    /// <param name="specification">What to read; see the repository method of the same name.</param>
    /// <param name="request">Which page.</param>
    /// <param name="signer">Signs and verifies the cursors.</param>
    /// <param name="cursorScope">The tenant or user the cursors are bound to; null for none.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public static Task<CursorPage<TResult>> PageAsync<T, TResult>(
        this DbSet<T> set,
        Specification<T, TResult> specification,
        CursorRequest request,
        CursorSigner signer,
        string? cursorScope = null,
        CancellationToken cancellationToken = default)
        where T : class =>
        PageReader.PageAsync<T, TResult>(
            ContextOf(set), specification, specification?.Selector, tracks: false, request, signer, cursorScope, cancellationToken);

    /// <inheritdoc cref="IReadRepository{T}.StreamAsync(Specification{T}, CancellationToken)"/>
    /// <param name="set">The entities.</param>
    /// <param name="specification">What to read; see the repository method of the same name.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public static IAsyncEnumerable<T> StreamAsync<T>(
        this DbSet<T> set, Specification<T> specification, CancellationToken cancellationToken = default)
        where T : class
    {
        var context = ContextOf(set);
        return SpecificationQueries.Stream<T, T>(context, specification, selector: null, Tracks(context), cancellationToken);
    }

    /// <inheritdoc cref="IReadRepository{T}.StreamAsync{TResult}(Specification{T, TResult}, CancellationToken)"/>
    /// <param name="set">The entities.</param>
    /// <param name="specification">What to read; see the repository method of the same name.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public static IAsyncEnumerable<TResult> StreamAsync<T, TResult>(
        this DbSet<T> set, Specification<T, TResult> specification, CancellationToken cancellationToken = default)
        where T : class =>
        SpecificationQueries.Stream<T, TResult>(ContextOf(set), specification, specification?.Selector, tracks: false, cancellationToken);

    /// <inheritdoc cref="IReadRepository{T}.CountAsync"/>
    /// <param name="set">The entities.</param>
    /// <param name="specification">What to read; see the repository method of the same name.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public static Task<long> CountAsync<T>(this DbSet<T> set, Specification<T> specification, CancellationToken cancellationToken = default)
        where T : class => SpecificationQueries.CountAsync(ContextOf(set), specification, cancellationToken);

    /// <inheritdoc cref="IReadRepository{T}.AnyAsync"/>
    /// <param name="set">The entities.</param>
    /// <param name="specification">What to read; see the repository method of the same name.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public static Task<bool> AnyAsync<T>(this DbSet<T> set, Specification<T> specification, CancellationToken cancellationToken = default)
        where T : class => SpecificationQueries.AnyAsync(ContextOf(set), specification, cancellationToken);

    private static DbContext ContextOf<T>(DbSet<T> set)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(set);
        return set.GetService<ICurrentDbContext>().Context;
    }

    private static bool Tracks(DbContext context) => context.ChangeTracker.QueryTrackingBehavior == QueryTrackingBehavior.TrackAll;
}
