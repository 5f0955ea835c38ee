namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>A context that repositories were registered for.</summary>
internal sealed record RepositoryContext(Type Type);
