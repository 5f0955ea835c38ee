namespace ProDev.Repositories.EntityFrameworkCore;

/// <inheritdoc cref="IRepository{T}"/>
internal sealed class EfRepository<T>(RepositoryServices services) : EfReadRepository<T>(services), IRepository<T>
    where T : class
{
    protected override bool Tracks => true;

    /// <inheritdoc/>
    public override async Task<T?> FindAsync(object key, CancellationToken cancellationToken = default)
    {
        var (_, parts) = KeyQuery.Split(Context.EntityTypeOf<T>(), key);
        return await Context.Set<T>().FindAsync(parts, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Add(T entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        Context.Set<T>().Add(entity);
    }

    /// <inheritdoc/>
    public void Remove(T entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        Context.Set<T>().Remove(entity);
    }
}
