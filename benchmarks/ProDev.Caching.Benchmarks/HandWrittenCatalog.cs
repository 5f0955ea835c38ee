using Microsoft.Extensions.Caching.Hybrid;

namespace ProDev.Caching.Benchmarks;

/// <summary>What a team writes over HybridCache: an interpolated key, and a lambda that captures the arguments.</summary>
public sealed class HandWrittenCatalog(ICityCatalog inner, HybridCache cache) : ICityCatalog
{
    public ValueTask<City> FindAsync(string country, int id, CancellationToken cancellationToken = default) =>
        cache.GetOrCreateAsync(
            $"city:{country}:{id}",
            token => inner.FindAsync(country, id, token),
            cancellationToken: cancellationToken);

    public Task<City> GetAsync(string country, int id, CancellationToken cancellationToken = default) =>
        FindAsync(country, id, cancellationToken).AsTask();
}
