using ProDev.Caching;

namespace AotCache;

internal interface ICountries
{
    [Cached(Expiration = "01:00:00", Tags = ["countries"])]
    ValueTask<CountrySummary> SummaryAsync(string country, CancellationToken cancellationToken = default);
}
