namespace ProDev.Caching.Redis.Tests;

public interface IPopulations
{
    [Cached(Expiration = "00:10:00", Tags = ["country:{country}"])]
    ValueTask<int> CountAsync(string country, int year, CancellationToken cancellationToken = default);

    [CacheInvalidates(nameof(CountAsync))]
    Task CorrectAsync(string country, int year, int count);
}
