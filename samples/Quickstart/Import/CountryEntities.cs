using Quickstart.Data;
using Quickstart.Model;

namespace Quickstart.Import;

/// <summary>The rows of one country, ready to be inserted.</summary>
internal sealed record CountryEntities(IReadOnlyList<Region> Regions, IReadOnlyList<District> Districts, IReadOnlyList<City> Cities)
{
    public int Count => Regions.Count + Districts.Count + Cities.Count;

    public static CountryEntities From(string country, CountryRows rows)
    {
        Region[] regions = [.. rows.Regions.Select(x => new Region { Id = $"{country}.{x.Code}", CountryCode = country, Name = x.Name })];
        District[] districts = [.. rows.Districts.Select(x => new District
        {
            Id = $"{country}.{x.RegionCode}.{x.Code}",
            CountryCode = country,
            RegionId = $"{country}.{x.RegionCode}",
            Name = x.Name,
        })];

        // Some cities name a division that the source does not list. They belong to the country alone.
        var knownRegions = regions.Select(x => x.Id).ToHashSet();
        var knownDistricts = districts.Select(x => x.Id).ToHashSet();
        City[] cities = [.. rows.Cities.Select(x => new City
        {
            Id = x.Number,
            CountryCode = country,
            RegionId = Known(knownRegions, $"{country}.{x.RegionCode}"),
            DistrictId = Known(knownDistricts, $"{country}.{x.RegionCode}.{x.DistrictCode}"),
            Name = x.Name,
            Latitude = x.Latitude,
            Longitude = x.Longitude,
        })];
        return new CountryEntities(regions, districts, cities);
    }

    // Gives back the string of the set, so that the cities of a district share one.
    private static string? Known(HashSet<string> ids, string id) => ids.TryGetValue(id, out var known) ? known : null;
}
