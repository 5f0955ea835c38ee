using Quickstart.Data;

namespace ProDev.Quickstart.Tests.Run;

/// <summary>Compares a database with the data files, row by row, without the Quickstart's own checks.</summary>
internal static class AtlasAssert
{
    public static void HoldsEveryRowOnce(string database)
    {
        var gazetteer = Gazetteer.Open(TestFolder.CommittedData);
        var countries = gazetteer.Countries.Select(x => x.Code).ToArray();
        Assert.Equal(countries, AtlasProbe.Rows(database, "SELECT Code FROM Countries ORDER BY Code", x => x.GetString(0)));
        Assert.Equal(countries, AtlasProbe.Rows(database, "SELECT CountryCode FROM ImportedCountries ORDER BY CountryCode", x => x.GetString(0)));

        var expected = countries.SelectMany(country => gazetteer.Read(country).Cities.Select(x => (x.Number, country, x.Name, x.Latitude, x.Longitude)));
        var found = AtlasProbe.Rows(
            database,
            "SELECT Id, CountryCode, Name, Latitude, Longitude FROM Cities ORDER BY Id",
            x => (x.GetInt32(0), x.GetString(1), x.GetString(2), x.GetDouble(3), x.GetDouble(4)));
        Assert.True(expected.SequenceEqual(found), "The cities in the database are not those of the data files.");

        var divisions = countries.SelectMany(country => gazetteer.Read(country).Districts.Select(x => ($"{country}.{x.RegionCode}.{x.Code}", x.Name)));
        Assert.Equal(
            divisions.Order(),
            AtlasProbe.Rows(database, "SELECT Id, Name FROM Districts", x => (x.GetString(0), x.GetString(1))).Order());
        Assert.Equal(gazetteer.Countries.Sum(x => x.Regions), AtlasProbe.Scalar(database, "SELECT count(*) FROM Regions"));
    }
}
