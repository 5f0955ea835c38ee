using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;

namespace ProDev.Http;

/// <summary>
/// The request of each attempt: the caller's own for the first, a new one for each that follows. What inner handlers do to a message while they send it
/// (a redirect changes its address, method, content and authorization; tracing adds headers) must not reach the next attempt, so the message is
/// noted before it is sent. One object serves one call; its attempts follow each other.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The last request that it made belongs to the response.")]
internal sealed class RequestReplay
{
    private readonly HttpMethod _method;
    private readonly Uri? _uri;
    private readonly HttpContent? _content;
    private readonly KeyValuePair<string, HeaderStringValues>[] _headers;
    private readonly KeyValuePair<string, HeaderStringValues>[] _contentHeaders;
    private readonly KeyValuePair<string, object?>[] _options;
    private readonly Func<HttpContent>? _contentFactory;
    private readonly AttemptHeaders? _attemptHeaders;
    private HttpRequestMessage? _made;

    public RequestReplay(HttpRequestMessage request, HttpPolicy policy, Func<HttpContent>? contentFactory, AttemptHeaders? attemptHeaders)
    {
        Original = request;
        Policy = policy;
        _method = request.Method;
        _uri = request.RequestUri;
        _contentFactory = contentFactory;
        _attemptHeaders = attemptHeaders;
        if (contentFactory is not null)
            request.Content ??= contentFactory();
        _content = request.Content;
        var isRepeatable = policy.MaxAttempts > 1;
        _headers = isRepeatable ? Note(request.Headers.NonValidated) : [];
        _contentHeaders = isRepeatable && contentFactory is null && _content is not null ? Note(_content.Headers.NonValidated) : [];
        _options = isRepeatable && RequestOptions.Of(request) is { } options ? [.. options] : [];
    }

    /// <summary>Gets the caller's request.</summary>
    public HttpRequestMessage Original { get; }

    /// <summary>Gets what decides whether another attempt follows.</summary>
    public HttpPolicy Policy { get; }

    /// <summary>Gets or sets what the attempt that was begun last returned, if it was there at once: the task of a whole call that succeeds so.</summary>
    public Task<HttpResponseMessage>? Finished { get; set; }

    /// <summary>Gets the number of the attempt that was begun last; 0 before the first.</summary>
    public int Attempt { get; private set; }

    /// <summary>Gets whether the policy allows another attempt after the one that was begun last, by their number.</summary>
    public bool MayFollow => Attempt < Policy.MaxAttempts;

    /// <summary>Begins an attempt.</summary>
    public HttpRequestMessage Next()
    {
        Attempt++;
        var request = Attempt == 1 ? Original : Renew();
        _attemptHeaders?.Write(request, Attempt);
        return request;
    }

    private static KeyValuePair<string, HeaderStringValues>[] Note(HttpHeadersNonValidated headers)
    {
        if (headers.Count == 0)
            return [];
        var noted = new KeyValuePair<string, HeaderStringValues>[headers.Count];
        var i = 0;
        foreach (var header in headers)
            noted[i++] = header;
        return noted;
    }

    private HttpRequestMessage Renew()
    {
        // The attempt before is over. What a factory made for it is ours; what the caller made is the caller's.
        _made?.Dispose();
        _made = new HttpRequestMessage(_method, _uri) { Version = Original.Version, VersionPolicy = Original.VersionPolicy };
        foreach (var (name, values) in _headers)
            _made.Headers.TryAddWithoutValidation(name, values);
        if (_content is not null)
            _made.Content = _contentFactory is null ? new InMemoryContent(_content, _contentHeaders) : _contentFactory();

        foreach (var (key, value) in _options)
            ((IDictionary<string, object?>)_made.Options)[key] = value;
        return _made;
    }
}
