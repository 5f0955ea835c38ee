namespace ProDev.Caching.Benchmarks;

/// <summary>The slow thing behind the cache. It is asked once for each key, before anything is measured.</summary>
public sealed class CityCatalog : ICityCatalog
{
    public ValueTask<City> FindAsync(string country, int id, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new City(country, id, $"City {id}"));

    public Task<City> GetAsync(string country, int id, CancellationToken cancellationToken = default) =>
        FindAsync(country, id, cancellationToken).AsTask();
}
