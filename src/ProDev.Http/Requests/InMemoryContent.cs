using System.Net;
using System.Net.Http.Headers;

namespace ProDev.Http;

/// <summary>
/// A content for one attempt over one that all attempts share. The bytes are written from where they are; disposing it leaves them for the next attempt.
/// </summary>
internal sealed class InMemoryContent : HttpContent
{
    private readonly HttpContent _shared;

    public InMemoryContent(HttpContent shared, KeyValuePair<string, HeaderStringValues>[] headers)
    {
        _shared = shared;
        foreach (var (name, values) in headers)
            Headers.TryAddWithoutValidation(name, values);
    }

    /// <summary>Whether a content can be written any number of times, also by an attempt that still writes while the next one begins.</summary>
    public static bool Allows(HttpContent content)
    {
        // Exactly these: what a type derived from them writes is not known.
        var type = content.GetType();
        return type == typeof(ByteArrayContent) || type == typeof(StringContent) || type == typeof(FormUrlEncodedContent)
            || type == typeof(ReadOnlyMemoryContent) || type == typeof(BufferedContent);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        _shared.CopyToAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _shared.CopyToAsync(stream, context, cancellationToken);

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _shared.CopyTo(stream, context, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = _shared.Headers.ContentLength ?? 0;
        return _shared.Headers.ContentLength is not null;
    }
}
