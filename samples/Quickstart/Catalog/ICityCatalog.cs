using ProDev.Caching;
using ProDev.Retry;

namespace Quickstart.Catalog;

/// <summary>Finds cities. The attributes are the whole of the caching and the retrying; the code behind it knows of neither.</summary>
internal interface ICityCatalog
{
    /// <summary>Finds the cities of a country that are nearest to a point, nearest first.</summary>
    /// <param name="country">ISO 3166-1 alpha-2.</param>
    /// <param name="latitude">Degrees, north is positive.</param>
    /// <param name="longitude">Degrees, east is positive.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    [Cached(Expiration = "00:10:00", Tags = ["country:{country}"])]
    [Retry(MaxAttempts = 3), Idempotent]
    ValueTask<IReadOnlyList<NearbyCity>> NearestAsync(
        string country, double latitude, double longitude, int take, CancellationToken cancellationToken = default);
}
