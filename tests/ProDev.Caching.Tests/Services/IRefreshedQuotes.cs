namespace ProDev.Caching.Tests;

public interface IRefreshedQuotes : IDisposable
{
    [Cached(Expiration = "00:10:00", EagerRefreshThreshold = 0.5)]
    ValueTask<int> QuoteAsync(string country, CancellationToken cancellationToken = default);
}
