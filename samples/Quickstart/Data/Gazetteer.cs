using System.Security.Cryptography;

namespace Quickstart.Data;

/// <summary>
/// Reads the data files, which samples/data/README.md describes. Opening checks every file against the manifest; the rows of a
/// country are parsed when they are asked for. Safe for use by many threads.
/// </summary>
internal sealed class Gazetteer
{
    public const string Remedy =
        "Restore the folder samples/data of the repository (git checkout -- samples/data) and build the Quickstart again.";

    private readonly GazetteerText _regions;
    private readonly GazetteerText _districts;
    private readonly GazetteerText _cities;
    private readonly Dictionary<string, (CountryCounts Counts, int FirstCity)> _countries;

    private Gazetteer(GazetteerManifest manifest, GazetteerText regions, GazetteerText districts, GazetteerText cities)
    {
        Countries = manifest.Countries;
        (_regions, _districts, _cities) = (regions, districts, cities);
        _countries = [];
        var firstCity = 1;
        foreach (var country in manifest.Countries)
        {
            _countries.Add(country.Code, (country, firstCity));
            firstCity += country.Cities;
        }
    }

    /// <summary>Every country with its number of rows, ordered by code.</summary>
    public IReadOnlyList<CountryCounts> Countries { get; }

    /// <summary>Opens the data files in a folder.</summary>
    /// <exception cref="GazetteerException">A file is missing or damaged.</exception>
    public static Gazetteer Open(string folder)
    {
        var manifest = GazetteerManifest.Read(folder);
        var regions = OpenFile(folder, manifest, "regions.txt.br", x => x.Regions);
        var districts = OpenFile(folder, manifest, "districts.txt.br", x => x.Districts);
        var cities = OpenFile(folder, manifest, "cities.txt.br", x => x.Cities);
        return new Gazetteer(manifest, regions, districts, cities);
    }

    /// <summary>Parses the rows of one country.</summary>
    /// <exception cref="GazetteerException">The files hold no such country, or not the rows that the manifest counts.</exception>
    public CountryRows Read(string country)
    {
        if (!_countries.TryGetValue(country, out var entry))
            throw new GazetteerException($"The data files hold no country '{country}'; '{GazetteerManifest.FileName}' lists those they hold.");

        var regions = new List<RegionRow>(entry.Counts.Regions);
        foreach (var line in _regions.Lines(country))
            regions.Add(new RegionRow(line.Field(0), line.Field(1)));

        var districts = new List<DistrictRow>(entry.Counts.Districts);
        foreach (var line in _districts.Lines(country))
            districts.Add(new DistrictRow(line.Region, line.Field(0), line.Field(1)));

        var cities = new List<CityRow>(entry.Counts.Cities);
        foreach (var line in _cities.Lines(country))
            cities.Add(new CityRow(entry.FirstCity + cities.Count, line.Region, line.District, line.Field(0), line.Degrees(1), line.Degrees(2)));

        _regions.RequireRows(country, entry.Counts.Regions, regions.Count);
        _districts.RequireRows(country, entry.Counts.Districts, districts.Count);
        _cities.RequireRows(country, entry.Counts.Cities, cities.Count);
        return new CountryRows(regions, districts, cities);
    }

    private static GazetteerText OpenFile(string folder, GazetteerManifest manifest, string name, Func<CountryCounts, int> rows)
    {
        var path = Path.Combine(folder, name);
        var expected = manifest.Files.FirstOrDefault(x => x.Name == name)
            ?? throw new GazetteerException($"The manifest in '{folder}' does not list the data file '{name}'. {Remedy}");
        if (manifest.Countries.Sum(rows) != expected.Rows)
            throw new GazetteerException($"The manifest in '{folder}' is damaged: its countries do not add up to the {expected.Rows:N0} rows of '{name}'. {Remedy}");

        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GazetteerException($"The data file '{path}' cannot be read: {e.Message} {Remedy}", e);
        }

        if (content.Length != expected.Bytes)
            throw new GazetteerException($"The data file '{path}' is damaged: it has {content.Length:N0} bytes, {expected.Bytes:N0} were expected. {Remedy}");

        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        if (hash != expected.Sha256)
            throw new GazetteerException($"The data file '{path}' is damaged: its SHA-256 is '{hash}', '{expected.Sha256}' was expected. {Remedy}");

        return GazetteerText.Decompress(path, content, expected.TextBytes);
    }
}
