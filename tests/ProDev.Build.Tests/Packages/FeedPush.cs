using System.Globalization;
using System.Text;

namespace ProDev.Build.Tests;

/// <summary>One push that a <see cref="FeedServer"/> got.</summary>
/// <param name="Path">Where it was sent: <c>/packages/</c> or <c>/symbols/</c>.</param>
/// <param name="Key">The key that came with it.</param>
/// <param name="Content">The file.</param>
internal sealed record FeedPush(string Path, string? Key, byte[] Content)
{
    public bool IsSymbols => Path.StartsWith("/symbols", StringComparison.Ordinal);

    /// <summary>Reads one request to its end.</summary>
    public static async Task<(string Method, FeedPush Push)> ReadAsync(Stream stream)
    {
        var head = new List<string>();
        while (await ReadLineAsync(stream) is { Length: > 0 } line)
        {
            head.Add(line);
        }

        string[] request = head[0].Split(' ');
        byte[] body = Header(head, "Transfer-Encoding") == "chunked" ? await ReadChunksAsync(stream) : [];
        return (request[0], new FeedPush(request[1], Header(head, "X-NuGet-ApiKey"), Part(body)));
    }

    // Each piece comes after a line with its length and ends with an empty line; the last one has no bytes.
    private static async Task<byte[]> ReadChunksAsync(Stream stream)
    {
        var body = new List<byte>();
        int length;
        do
        {
            length = int.Parse(await ReadLineAsync(stream), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            byte[] piece = new byte[length];
            await stream.ReadExactlyAsync(piece);
            await ReadLineAsync(stream);
            body.AddRange(piece);
        }
        while (length > 0);

        return [.. body];
    }

    private static async Task<string> ReadLineAsync(Stream stream)
    {
        var line = new StringBuilder();
        byte[] one = new byte[1];
        do
        {
            await stream.ReadExactlyAsync(one);
            line.Append((char)one[0]);
        }
        while (one[0] != '\n');

        return line.ToString().TrimEnd('\r', '\n');
    }

    private static string? Header(List<string> lines, string name) => lines
        .Where(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 2)..])
        .SingleOrDefault();

    /// <summary>Takes the file out of a multipart body with one part: between the empty line after its headers and the last boundary.</summary>
    private static byte[] Part(byte[] body)
    {
        if (body.Length == 0)
        {
            return [];
        }

        int start = body.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
        byte[] end = [.. "\r\n"u8, .. body.AsSpan(0, body.AsSpan().IndexOf("\r\n"u8))];
        return body[start..body.AsSpan().LastIndexOf(end)];
    }
}
