using ProDev.Repositories;
using Quickstart.Model;

namespace Quickstart.Catalog;

/// <summary>The cities of a country between two latitudes: a range of the index on (CountryCode, Latitude).</summary>
internal sealed class CitiesInBand : Specification<City, NearbyCity>
{
    public CitiesInBand(string country, double south, double north)
    {
        Where(x => x.CountryCode == country && x.Latitude >= south && x.Latitude <= north);
        Unbounded();
        Select(x => new NearbyCity(x.Id, x.Name, x.Latitude, x.Longitude, 0));
    }
}
