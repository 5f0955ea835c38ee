using Quickstart.Data;
using Quickstart.Import;

namespace ProDev.Quickstart.Tests.Import;

public sealed class CountryEntitiesTests
{
    private static readonly RegionRow[] Regions = [new("84", "Auvergne-Rhône-Alpes")];
    private static readonly DistrictRow[] Districts = [new("84", "69", "Rhône")];

    [Fact]
    public void City_refers_to_its_region_and_district_when_the_source_lists_them()
    {
        var city = Assert.Single(Entities(new CityRow(7, "84", "69", "Lyon", 45.74846, 4.84671)).Cities);

        Assert.Equal((7, "FR", "FR.84", "FR.84.69", "Lyon"), (city.Id, city.CountryCode, city.RegionId, city.DistrictId, city.Name));
        Assert.Equal((45.74846, 4.84671), (city.Latitude, city.Longitude));
    }

    [Theory]
    [InlineData("", "", null)]
    [InlineData("99", "69", null)]
    [InlineData("84", "", "FR.84")]
    [InlineData("84", "1", "FR.84")]
    public void City_refers_to_nothing_that_the_source_does_not_list(string region, string district, string? regionId)
    {
        var city = Assert.Single(Entities(new CityRow(1, region, district, "Lyon", 0, 0)).Cities);

        Assert.Equal((regionId, null), (city.RegionId, city.DistrictId));
    }

    [Fact]
    public void District_belongs_to_its_region()
    {
        var entities = Entities();

        Assert.Equal(("FR.84", "FR"), (entities.Regions[0].Id, entities.Regions[0].CountryCode));
        Assert.Equal(("FR.84.69", "FR.84", "FR"), (entities.Districts[0].Id, entities.Districts[0].RegionId, entities.Districts[0].CountryCode));
        Assert.Equal(2, entities.Count);
    }

    private static CountryEntities Entities(params CityRow[] cities) => CountryEntities.From("FR", new CountryRows(Regions, Districts, cities));
}
