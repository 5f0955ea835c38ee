using System.Collections.Frozen;
using ProDev.Shared.Collections;

namespace ProDev.Http;

/// <summary>
/// What all handlers of one named client share: handlers are replaced every few minutes, and budgets and breakers must outlive them. Thread-safe.
/// </summary>
internal sealed class HttpRetryClient
{
    private const string IdempotencyKey = "Idempotency-Key";

    private readonly HttpRetryOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpFailures _failures;
    private readonly FrozenSet<HttpMethod> _methods;
    private readonly AuthorityPolicies? _forAll;
    private readonly BoundedMap<Authority, AuthorityPolicies> _authorities;

    public HttpRetryClient(HttpRetryOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _failures = new HttpFailures(options, time);
        _methods = options.Methods.ToFrozenSet();
        _authorities = new BoundedMap<Authority, AuthorityPolicies>(options.MaximumAuthorities);
        if (options.Budget is null && options.CircuitBreaker is null)
            _forAll = AuthorityPolicies.Create(options, _failures, time, string.Empty);
    }

    public int MaxBufferedContent => _options.MaxBufferedContent;

    public AuthorityPolicies PoliciesFor(Uri? uri) => _forAll ?? _authorities.GetOrAdd(
        Authority.Of(uri), this, static (authority, self) => AuthorityPolicies.Create(self._options, self._failures, self._time, authority.ToString()));

    /// <summary>Whether the request may be sent again, by what it says, its method and its headers. It may get a key by which the receiver knows it again.</summary>
    public bool IsRetried(HttpRequestMessage request)
    {
        if (_options.AddIdempotencyKey)
            AddKeyIfMissing(request);
        if (RequestOptions.Of(request) is { } options && options.TryGetValue(HttpRetryRequest.Retry, out var isRetried))
            return isRetried;
        return _methods.Contains(request.Method) || HasIdempotencyKey(request);
    }

    public bool ReadsResponseOf(HttpRequestMessage request) =>
        _options.BufferResponses && !(request.Options.TryGetValue(HttpRetryRequest.StreamResponse, out var isStreamed) && isStreamed);

    /// <summary>Whether another attempt may take the place of this response, by the judge. The policy gets the same answer.</summary>
    public bool IsRetried(HttpResponseMessage response) => !response.IsSuccessStatusCode && _failures.JudgesAhead(response);

    public AttemptHeaders? AttemptHeaders(HttpPolicy policy) => _options.SendAttemptHeaders ? new AttemptHeaders(policy) : null;

    // Also where something else allows the retries: the receiver should know the request again all the same.
    private static void AddKeyIfMissing(HttpRequestMessage request)
    {
        if ((request.Method != HttpMethod.Post && request.Method != HttpMethod.Patch) || HttpRetryRequest.IsRefusedBy(request) || HasIdempotencyKey(request))
            return;
        request.Headers.Remove(IdempotencyKey);
        request.Headers.TryAddWithoutValidation(IdempotencyKey, Guid.NewGuid().ToString());
    }

    private static bool HasIdempotencyKey(HttpRequestMessage request)
    {
        if (request.Headers.NonValidated.TryGetValues(IdempotencyKey, out var values))
        {
            foreach (var value in values)
            {
                if (!string.IsNullOrWhiteSpace(value))
                    return true;
            }
        }

        return false;
    }
}
