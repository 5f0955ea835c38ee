namespace ProDev.Caching.Benchmarks;

public interface ICityCatalog
{
    [Cached(Expiration = "01:00:00")]
    ValueTask<City> FindAsync(string country, int id, CancellationToken cancellationToken = default);

    /// <summary>The same as a task, which a cache must not make anew for each caller.</summary>
    [Cached(Expiration = "01:00:00")]
    Task<City> GetAsync(string country, int id, CancellationToken cancellationToken = default);
}
