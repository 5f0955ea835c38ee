using System.Globalization;
using System.IO.Compression;

namespace AotCache;

/// <summary>Reads the whole file for every question: slow on purpose, as a source behind a cache is.</summary>
internal sealed class Countries : ICountries
{
    /// <summary>How often the file was read.</summary>
    public int Reads { get; private set; }

    public async ValueTask<CountrySummary> SummaryAsync(string country, CancellationToken cancellationToken = default)
    {
        Reads++;
        await using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "data", "cities.txt.br"));
        await using var text = new BrotliStream(file, CompressionMode.Decompress);
        using var reader = new StreamReader(text);
        var isOpen = false;
        var cities = 0;
        var (northernmost, latitude) = ((string?)null, int.MinValue);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith('='))
                isOpen = line.AsSpan(1).SequenceEqual(country);
            else if (isOpen && !line.StartsWith('/'))
            {
                cities++;
                var fields = line.Split('\t');
                var found = int.Parse(fields[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                if (found > latitude)
                    (northernmost, latitude) = (fields[0], found);
            }
        }

        return new CountrySummary(country, cities, northernmost);
    }
}
