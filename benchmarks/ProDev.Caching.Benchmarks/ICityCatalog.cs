namespace ProDev.Caching.Benchmarks;

public interface ICityCatalog
{
    [Cached(Expiration = "01:00:00")]
    ValueTask<City> FindAsync(string country, int id, CancellationToken cancellationToken = default);
}
