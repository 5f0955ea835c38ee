using Quickstart.Data;

namespace ProDev.Quickstart.Tests.Data;

public sealed class GazetteerTests
{
    [Fact]
    public void Committed_files_hold_the_rows_that_their_manifest_counts()
    {
        var gazetteer = Gazetteer.Open(TestFolder.CommittedData);

        // Read checks the rows of each country against the manifest; numbers must be 1, 2, 3, ... over all countries.
        var rows = gazetteer.Countries.Select(x => gazetteer.Read(x.Code)).ToArray();

        Assert.Equal(gazetteer.Countries.Sum(x => x.Regions), rows.Sum(x => x.Regions.Count));
        Assert.Equal(gazetteer.Countries.Sum(x => x.Districts), rows.Sum(x => x.Districts.Count));
        var numbers = rows.SelectMany(x => x.Cities).Select(x => x.Number).ToArray();
        Assert.Equal(Enumerable.Range(1, numbers.Length), numbers);
        Assert.All(rows.SelectMany(x => x.Cities), city =>
        {
            Assert.NotEmpty(city.Name);
            Assert.InRange(city.Latitude, -90, 90);
            Assert.InRange(city.Longitude, -180, 180);
        });
    }

    [Fact]
    public void Committed_files_stay_below_four_megabytes_and_carry_their_attribution()
    {
        Assert.InRange(Directory.EnumerateFiles(TestFolder.CommittedData).Sum(x => new FileInfo(x).Length), 1, 4 * 1024 * 1024);
        var attribution = File.ReadAllText(Path.Combine(TestFolder.CommittedData, "ATTRIBUTION.md"));
        Assert.Contains("GeoNames", attribution, StringComparison.Ordinal);
        Assert.Contains("https://creativecommons.org/licenses/by/4.0/", attribution, StringComparison.Ordinal);
        Assert.Contains("What was changed", attribution, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("regions.txt.br")]
    [InlineData("districts.txt.br")]
    [InlineData("cities.txt.br")]
    public void Opening_names_file_and_remedy_when_a_file_is_missing(string name)
    {
        using var folder = new TestFolder().WithData();
        File.Delete(folder[name]);

        var fault = Assert.Throws<GazetteerException>(() => Gazetteer.Open(folder.Path));

        Assert.StartsWith($"The data file '{folder[name]}' cannot be read: ", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith(Gazetteer.Remedy, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("regions.txt.br")]
    [InlineData("districts.txt.br")]
    [InlineData("cities.txt.br")]
    public void Opening_names_the_file_when_one_bit_of_it_is_wrong(string name)
    {
        using var folder = new TestFolder().WithData();
        var content = File.ReadAllBytes(folder[name]);
        content[content.Length / 2] ^= 1;
        File.WriteAllBytes(folder[name], content);

        var fault = Assert.Throws<GazetteerException>(() => Gazetteer.Open(folder.Path));

        Assert.StartsWith($"The data file '{folder[name]}' is damaged: its SHA-256 is '", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Opening_tells_both_lengths_when_a_file_was_cut_short()
    {
        using var folder = new TestFolder().WithData();
        var content = File.ReadAllBytes(folder["cities.txt.br"]);
        File.WriteAllBytes(folder["cities.txt.br"], content[..1000]);

        var fault = Assert.Throws<GazetteerException>(() => Gazetteer.Open(folder.Path));

        Assert.Equal(
            $"The data file '{folder["cities.txt.br"]}' is damaged: it has 1,000 bytes, {content.Length:N0} were expected. {Gazetteer.Remedy}",
            fault.Message);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{ "files": null, "countries": [] }""")]
    public void Opening_says_so_when_the_manifest_is_damaged(string manifest)
    {
        using var folder = new TestFolder().WithData();
        File.WriteAllText(folder["manifest.json"], manifest);

        var fault = Assert.Throws<GazetteerException>(() => Gazetteer.Open(folder.Path));

        Assert.StartsWith($"The data file '{folder["manifest.json"]}' is damaged: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Opening_says_so_when_the_countries_of_the_manifest_do_not_add_up()
    {
        using var folder = new TestFolder().WithData();
        EditManifest(folder, "\"code\": \"AD\", \"regions\": 7", "\"code\": \"AD\", \"regions\": 8");

        var fault = Assert.Throws<GazetteerException>(() => Gazetteer.Open(folder.Path));

        Assert.Contains("its countries do not add up to the 3,865 rows of 'regions.txt.br'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Opening_says_so_when_the_manifest_lacks_a_file()
    {
        using var folder = new TestFolder().WithData();
        EditManifest(folder, "\"districts.txt.br\"", "\"other.txt.br\"");

        var fault = Assert.Throws<GazetteerException>(() => Gazetteer.Open(folder.Path));

        Assert.Contains("does not list the data file 'districts.txt.br'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_names_the_country_when_rows_are_missing()
    {
        using var folder = new TestFolder().WithData();
        EditManifest(folder, "\"code\": \"AD\", \"regions\": 7", "\"code\": \"AD\", \"regions\": 6");
        EditManifest(folder, "\"code\": \"AE\", \"regions\": 7", "\"code\": \"AE\", \"regions\": 8");
        var gazetteer = Gazetteer.Open(folder.Path);

        var fault = Assert.Throws<GazetteerException>(() => gazetteer.Read("AD"));

        Assert.StartsWith(
            $"The data file '{folder["regions.txt.br"]}' is damaged at the country 'AD': 7 rows were found, 6 were expected.",
            fault.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_says_so_when_the_country_is_unknown()
    {
        var fault = Assert.Throws<GazetteerException>(() => Gazetteer.Open(TestFolder.CommittedData).Read("XX"));

        Assert.Equal("The data files hold no country 'XX'; 'manifest.json' lists those they hold.", fault.Message);
    }

    private static void EditManifest(TestFolder folder, string from, string to)
    {
        var manifest = File.ReadAllText(folder["manifest.json"]);
        Assert.Contains(from, manifest, StringComparison.Ordinal);
        File.WriteAllText(folder["manifest.json"], manifest.Replace(from, to, StringComparison.Ordinal));
    }
}
