using ProDev.Repositories;
using Quickstart.Model;

namespace Quickstart.Catalog;

/// <summary>Searches the database, in a band of latitude that grows until nothing outside of it can be nearer.</summary>
internal sealed class CityCatalog(IReadRepository<City> cities, CallCounter calls) : ICityCatalog
{
    private const double FirstBand = 0.25;
    private const double WholeEarth = 180;

    public async ValueTask<IReadOnlyList<NearbyCity>> NearestAsync(
        string country, double latitude, double longitude, int take, CancellationToken cancellationToken = default)
    {
        calls.Add();
        for (var band = FirstBand; ; band *= 2)
        {
            var candidates = await cities.ListAsync(new CitiesInBand(country, latitude - band, latitude + band), cancellationToken);
            NearbyCity[] nearest =
            [
                .. candidates
                    .Select(x => x with { Kilometres = Distance.Kilometres(latitude, longitude, x.Latitude, x.Longitude) })
                    .OrderBy(x => x.Kilometres)
                    .ThenBy(x => x.Id)
                    .Take(take),
            ];

            var isComplete = nearest.Length == take && nearest[^1].Kilometres <= band * Distance.KilometresPerDegree;
            if (isComplete || band >= WholeEarth)
                return nearest;
        }
    }
}
