using System.Net.Http.Json;

namespace ProDev.Http;

/// <summary>Makes the content of a request repeatable before it is sent for the first time, if it is not and is short enough.</summary>
internal static class ContentBuffering
{
    /// <summary>
    /// Whether reading the content would be worth it. A content that does not know its length is read only if it is known to be read as it comes:
    /// any other would put all of itself into memory first.
    /// </summary>
    public static bool IsWorthTrying(HttpContent content, int limit) => content.Headers.ContentLength is { } length
        ? length <= limit
        : content is StreamContent or MultipartContent or JsonContent;

    /// <summary>Puts a repeatable content into the request.</summary>
    /// <returns>False if it is longer than the limit: it can still be sent, once.</returns>
    public static async ValueTask<bool> TryBufferAsync(HttpRequestMessage request, int limit, CancellationToken cancellationToken)
    {
        var content = request.Content!;
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var (bytes, isComplete) = await BoundedRead.FromAsync(stream, limit, cancellationToken).ConfigureAwait(false);
        return Replace(request, content, stream, bytes, isComplete);
    }

    /// <summary>The synchronous form.</summary>
    /// <inheritdoc cref="TryBufferAsync"/>
    public static bool TryBuffer(HttpRequestMessage request, int limit, CancellationToken cancellationToken)
    {
        var content = request.Content!;
        var stream = content.ReadAsStream(cancellationToken);
        var (bytes, isComplete) = BoundedRead.From(stream, limit, cancellationToken);
        return Replace(request, content, stream, bytes, isComplete);
    }

    private static bool Replace(HttpRequestMessage request, HttpContent content, Stream stream, ReadOnlyMemory<byte> bytes, bool isComplete)
    {
        request.Content = isComplete ? new BufferedContent(content, bytes) : new OneTimeContent(content, bytes, stream);
        return isComplete;
    }
}
