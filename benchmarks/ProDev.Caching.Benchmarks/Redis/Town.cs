using System.ComponentModel;

namespace ProDev.Caching.Benchmarks;

/// <summary>An object of some size, as applications share between processes, and declared immutable as they are asked to.</summary>
[ImmutableObject(true)]
public sealed record Town
{
    public required string Name { get; init; }

    public required IReadOnlyList<Place> Districts { get; init; }

    /// <summary>About 10 KB as JSON.</summary>
    public static Town OfTenKilobytes() => new()
    {
        Name = "Lyon",
        Districts = [.. Enumerable.Range(0, 200).Select(static id => new Place { Country = "FR", Id = id, Name = $"District {id}" })],
    };
}
