using ProDev.Caching;
using ProDev.Retry;

namespace Quickstart.Weather;

/// <summary>A remote service that fails now and then. Its answers are cached; only questions that miss the cache are retried.</summary>
internal interface IWeatherService
{
    /// <summary>Tells the temperature in a city, in degrees Celsius.</summary>
    /// <exception cref="IOException">The service failed, and went on failing.</exception>
    [Cached(Expiration = "00:05:00")]
    [Retry(MaxAttempts = 4, BaseDelay = "00:00:00.002", MaxDelay = "00:00:00.020"), Idempotent]
    ValueTask<int> TemperatureAsync(int cityId, CancellationToken cancellationToken = default);
}
