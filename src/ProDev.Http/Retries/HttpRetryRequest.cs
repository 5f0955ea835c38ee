namespace ProDev.Http;

/// <summary>What a single request can say about its retries: <c>request.Options.Set(HttpRetryRequest.Retry, true);</c></summary>
public static class HttpRetryRequest
{
    /// <summary>
    /// Gets the key of the answer whether the request may be repeated. <see langword="true"/>: yes, whatever its method. <see langword="false"/>: no.
    /// Without it, the method and <c>Idempotency-Key</c> decide.
    /// </summary>
    public static HttpRequestOptionsKey<bool> Retry { get; } = new("ProDev.Http.Retry");

    /// <summary>
    /// Gets the key of what makes the content anew for each further attempt, for a content that is too long to keep in memory. It makes the first attempt's, too, if
    /// the request has none. It must return a new content each time, with its headers, and may be called on any thread.
    /// </summary>
    /// <remarks>A content that it made is disposed when another attempt takes its place. That of the last attempt belongs to the request of the response.</remarks>
    public static HttpRequestOptionsKey<Func<HttpContent>> ContentFactory { get; } = new("ProDev.Http.ContentFactory");

    /// <summary>
    /// Gets the key by which a request wants its response as a stream, where <see cref="HttpRetryOptions.BufferResponses"/> would read it within the attempt.
    /// </summary>
    public static HttpRequestOptionsKey<bool> StreamResponse { get; } = new("ProDev.Http.StreamResponse");

    internal static bool IsRefusedBy(HttpRequestMessage request) =>
        request.Options.TryGetValue(Retry, out var isRetried) && !isRetried;
}
