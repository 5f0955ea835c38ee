namespace ProDev.Repositories;

/// <summary>
/// Reads entities to change them, adds new ones and removes old ones. It tracks the entities it reads, unless the specification says
/// otherwise. Nothing is written before <see cref="IUnitOfWork.CommitAsync"/>.
/// </summary>
/// <typeparam name="T">The entity type.</typeparam>
public interface IRepository<T> : IReadRepository<T>
    where T : class
{
    /// <summary>Marks an entity, and new entities it refers to, to be inserted by the next commit.</summary>
    /// <param name="entity">The entity.</param>
    /// <exception cref="ArgumentNullException"><paramref name="entity"/> is null.</exception>
    void Add(T entity);

    /// <summary>Marks an entity to be deleted by the next commit. One that was only added is forgotten.</summary>
    /// <param name="entity">The entity: one that was read, or one with at least its key set.</param>
    /// <exception cref="ArgumentNullException"><paramref name="entity"/> is null.</exception>
    void Remove(T entity);
}
