using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Quickstart.Data;

/// <summary>The text of one data file with the place of each country in it.</summary>
internal sealed class GazetteerText
{
    private readonly string _path;
    private readonly byte[] _text;
    private readonly Dictionary<string, Range> _countries;

    private GazetteerText(string path, byte[] text)
    {
        _path = path;
        _text = text;
        _countries = FindCountries(text);
    }

    public static GazetteerText Decompress(string path, byte[] content, int length)
    {
        // One byte more than expected, so that a longer text is noticed.
        var text = new byte[length + 1];
        if (!BrotliDecoder.TryDecompress(content, text, out var written) || written != length)
            throw new GazetteerException($"The data file '{path}' is damaged: it does not decompress to the {length:N0} bytes that were expected. {Gazetteer.Remedy}");

        return new GazetteerText(path, text[..length]);
    }

    /// <summary>The rows of a country, each with the codes of the division it stands in; empty when the file has none.</summary>
    public IEnumerable<Line> Lines(string country)
    {
        if (!_countries.TryGetValue(country, out var range))
            yield break;

        var (position, length) = range.GetOffsetAndLength(_text.Length);
        var end = position + length;
        var region = "";
        var district = "";
        while (position < end)
        {
            var lineLength = _text.AsSpan(position, end - position).IndexOf((byte)'\n');
            var line = _text.AsMemory(position, lineLength);
            position += lineLength + 1;
            if (line.Span[0] != '/')
            {
                yield return new Line(this, country, region, district, line);
                continue;
            }

            var division = Encoding.UTF8.GetString(line.Span[1..]);
            var tab = division.IndexOf('\t', StringComparison.Ordinal);
            (region, district) = tab < 0 ? (division, "") : (division[..tab], division[(tab + 1)..]);
        }
    }

    public void RequireRows(string country, int expected, int found)
    {
        if (found != expected)
            throw Damaged(country, $"{found:N0} rows were found, {expected:N0} were expected");
    }

    private GazetteerException Damaged(string country, string reason)
    {
        return new GazetteerException($"The data file '{_path}' is damaged at the country '{country}': {reason}. {Gazetteer.Remedy}");
    }

    private static Dictionary<string, Range> FindCountries(byte[] text)
    {
        var countries = new Dictionary<string, Range>();
        var position = 0;
        while (position < text.Length)
        {
            var line = text.AsSpan(position);
            var name = Encoding.UTF8.GetString(line[1..line.IndexOf((byte)'\n')]);
            var start = position + name.Length + 2;
            var next = text.AsSpan(start).IndexOf("\n="u8);
            position = next < 0 ? text.Length : start + next + 1;
            countries.Add(name, start..position);
        }

        return countries;
    }

    /// <summary>One row: tab-separated fields.</summary>
    internal readonly struct Line(GazetteerText text, string country, string region, string district, ReadOnlyMemory<byte> content)
    {
        private const double CoordinateScale = 100_000;

        public string Region => region;

        public string District => district;

        public string Field(int index) => Encoding.UTF8.GetString(Find(index));

        public double Degrees(int index)
        {
            var field = Find(index);
            return int.TryParse(field, CultureInfo.InvariantCulture, out var scaled)
                ? scaled / CoordinateScale
                : throw text.Damaged(country, $"'{Encoding.UTF8.GetString(field)}' is no coordinate");
        }

        private ReadOnlySpan<byte> Find(int index)
        {
            var rest = content.Span;
            foreach (var field in rest.Split((byte)'\t'))
            {
                if (index-- == 0)
                    return rest[field];
            }

            throw text.Damaged(country, $"the row '{Encoding.UTF8.GetString(rest)}' has too few fields");
        }
    }
}
