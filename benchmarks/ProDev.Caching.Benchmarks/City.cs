using System.ComponentModel;

namespace ProDev.Caching.Benchmarks;

/// <summary>What is cached. Sealed and marked immutable: Microsoft's HybridCache then hands out the object, its fastest way.</summary>
[ImmutableObject(true)]
public sealed record City(string Country, int Id, string Name);
