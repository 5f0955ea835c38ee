namespace ProDev.Caching.Benchmarks;

/// <summary>Immutable, and nothing says so but its members: what applications cache most. HybridCache copies it on each hit.</summary>
public sealed record Place
{
    public required string Country { get; init; }

    public required int Id { get; init; }

    public required string Name { get; init; }
}
