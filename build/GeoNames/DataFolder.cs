using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace GeoNames;

/// <summary>Writes the compact files. samples/data/README.md describes the format.</summary>
internal static class DataFolder
{
    public const int CoordinateScale = 100_000;

    private const int BestQuality = 11;
    private const int LargestWindow = 24;

    public static void Write(SourceGazetteer gazetteer, string folder)
    {
        Directory.CreateDirectory(folder);
        var manifest = new Manifest(gazetteer)
        {
            Files =
            [
                WriteFile(folder, "regions.txt.br", gazetteer.Regions.Count, RegionsText(gazetteer.Regions)),
                WriteFile(folder, "districts.txt.br", gazetteer.Districts.Count, DistrictsText(gazetteer.Districts)),
                WriteFile(folder, "cities.txt.br", gazetteer.Cities.Count, CitiesText(gazetteer.Cities)),
            ],
        };
        File.WriteAllText(Path.Combine(folder, "manifest.json"), manifest.ToJson());
    }

    private static string RegionsText(IReadOnlyList<SourceGazetteer.Division> regions)
    {
        var text = new StringBuilder();
        foreach (var country in regions.GroupBy(x => x.Country))
        {
            text.Append('=').Append(country.Key).Append('\n');
            foreach (var region in country)
                text.Append(region.Region).Append('\t').Append(region.Name).Append('\n');
        }

        return text.ToString();
    }

    private static string DistrictsText(IReadOnlyList<SourceGazetteer.Division> districts)
    {
        var text = new StringBuilder();
        foreach (var country in districts.GroupBy(x => x.Country))
        {
            text.Append('=').Append(country.Key).Append('\n');
            foreach (var region in country.GroupBy(x => x.Region))
            {
                text.Append('/').Append(region.Key).Append('\n');
                foreach (var district in region)
                    text.Append(district.District).Append('\t').Append(district.Name).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string CitiesText(IReadOnlyList<SourceGazetteer.Place> cities)
    {
        var text = new StringBuilder();
        foreach (var country in cities.GroupBy(x => x.Country))
        {
            text.Append('=').Append(country.Key).Append('\n');
            foreach (var division in country.GroupBy(x => (x.Region, x.District)))
            {
                text.Append('/').Append(division.Key.Region).Append('\t').Append(division.Key.District).Append('\n');
                foreach (var city in division)
                    text.Append(CultureInfo.InvariantCulture, $"{city.Name}\t{city.Latitude}\t{city.Longitude}\n");
            }
        }

        return text.ToString();
    }

    private static Manifest.DataFile WriteFile(string folder, string name, int rows, string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        if (!BrotliEncoder.TryCompress(content, compressed, out var length, BestQuality, LargestWindow))
            throw new InvalidOperationException($"The text of '{name}' did not fit the compressor's own upper bound of {compressed.Length:N0} bytes.");

        var result = compressed.AsSpan(0, length);
        File.WriteAllBytes(Path.Combine(folder, name), result);
        return new Manifest.DataFile(name, length, content.Length, rows, Convert.ToHexStringLower(SHA256.HashData(result)));
    }
}
