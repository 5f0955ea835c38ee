using System.Net;
using ProDev.Retry;

namespace ProDev.Http;

/// <summary>The settings of a client's retries. They are read once, when the client is first used; all faults are reported together.</summary>
/// <remarks>Instances are not thread-safe. The delegates in them are called on any thread, and several at a time.</remarks>
public sealed class HttpRetryOptions
{
    private static readonly TimeSpan LongestDefault = TimeSpan.FromSeconds(15);

    private TimeSpan? _attemptTimeout;
    private bool _isAttemptTimeoutChosen;

    /// <summary>
    /// Gets or sets how often a request is sent at most. <b>All attempts count, the first included</b>: 3 means one request and up to two retries, and 1
    /// means that nothing is retried.
    /// </summary>
    /// <value>3 by default; at least 1.</value>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Gets or sets the delay before the first retry; each further one is twice as long. Jitter makes it anything from zero to that.</summary>
    /// <value>200 ms by default. Zero retries at once.</value>
    public TimeSpan BaseDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Gets or sets the longest delay that is ours. What a server asks for by <c>Retry-After</c> is not cut to it.</summary>
    /// <value>10 s by default; at least <see cref="BaseDelay"/>.</value>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gets or sets the time that all attempts and delays share. A retry whose delay does not fit, also one that the server asked for, is not waited for: the caller
    /// gets the response or the exception at once.
    /// </summary>
    /// <value>
    /// 30 s by default, so that the last attempt ends before <see cref="HttpClient.Timeout"/>. <see langword="null"/> means none; otherwise above zero. It decides
    /// whether another attempt starts, and does not interrupt one that runs.
    /// </value>
    public TimeSpan? Deadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long an attempt may take until the headers of its response are there; then it is ended and counts as failed.</summary>
    /// <value>
    /// Half of <see cref="Deadline"/> by default, but at most 15 s, for requests that are retried. Those that are not have no limit by default: to
    /// give up a POST does not undo it. A value that you set applies to both; <see langword="null"/> means none for both. The time of sending the content counts, so
    /// that a client with long uploads needs more.
    /// </value>
    /// <remarks>
    /// Without it an attempt that hangs ends with <see cref="HttpClient.Timeout"/>, which ends the whole call and looks to a handler like the caller's cancellation:
    /// such a call is not retried, and neither <see cref="Budget"/> nor <see cref="CircuitBreaker"/> counts it as a failure. Set it if requests that are not retried
    /// should open the breaker when their server hangs.
    /// </remarks>
    public TimeSpan? AttemptTimeout
    {
        get => _isAttemptTimeoutChosen ? _attemptTimeout : Deadline / 2 < LongestDefault ? Deadline / 2 : LongestDefault;
        set => (_attemptTimeout, _isAttemptTimeoutChosen) = (value, true);
    }

    /// <summary>Gets or sets the longest <c>Retry-After</c> that is waited for. The response that asks for more is the caller's at once.</summary>
    /// <value><see langword="null"/> by default: only the deadline limits it.</value>
    public TimeSpan? MaxServerDelay { get; set; }

    /// <summary>Gets the methods that are retried.</summary>
    /// <value>
    /// GET, HEAD, OPTIONS, TRACE, PUT and DELETE by default, which RFC 9110 calls idempotent. Any other is retried if the request has an <c>Idempotency-Key</c>
    /// or says so by <see cref="HttpRetryRequest.Retry"/>. Add POST here only if every receiver notices what it has seen before.
    /// </value>
    public ISet<HttpMethod> Methods { get; } = new HashSet<HttpMethod>
    {
        HttpMethod.Get, HttpMethod.Head, HttpMethod.Options, HttpMethod.Trace, HttpMethod.Put, HttpMethod.Delete,
    };

    /// <summary>Gets or sets whether a POST or PATCH without an <c>Idempotency-Key</c> gets one, a random UUID, the same for each attempt, and so is retried.</summary>
    /// <value><see langword="false"/> by default. A server that does not know the header would do the work again.</value>
    public bool AddIdempotencyKey { get; set; }

    /// <summary>Gets the status codes that count as a failure worth a retry.</summary>
    /// <value>408, 429, 500, 502, 503 and 504 by default.</value>
    public ISet<HttpStatusCode> StatusCodes { get; } = new HashSet<HttpStatusCode>
    {
        HttpStatusCode.RequestTimeout, HttpStatusCode.TooManyRequests, HttpStatusCode.InternalServerError,
        HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout,
    };

    /// <summary>Gets or sets the judge of responses, in place of <see cref="StatusCodes"/> and of <c>Retry-After</c>.</summary>
    /// <value>
    /// <see langword="null"/> by default. It is asked once for each response, also for one that succeeded, must be fast, and must not read or dispose the response. A
    /// short body of a failure may be in memory already.
    /// </value>
    public Func<HttpResponseMessage, RetryDecision>? JudgeResponse { get; set; }

    /// <summary>Gets or sets the judge of attempts that threw.</summary>
    /// <value>
    /// <see langword="null"/> by default: retried are <see cref="HttpRequestException"/>, <see cref="IOException"/>, <see cref="TimeoutException"/> (which a timeout of an attempt
    /// is) and a connection that was not there in time; not, however, what another attempt cannot cure, such as a certificate that is not trusted.
    /// </value>
    public Func<ShouldRetryArguments, RetryDecision>? JudgeException { get; set; }

    /// <summary>Gets or sets how much of a content is kept in memory for further attempts, in bytes.</summary>
    /// <value>
    /// 1 MiB by default; zero or more. A longer content is sent once and not retried, unless <see cref="HttpRetryRequest.ContentFactory"/> makes it anew. Bytes, strings
    /// and forms are in memory already and are retried whatever their length.
    /// </value>
    public int MaxBufferedContent { get; set; } = 1024 * 1024;

    /// <summary>Gets or sets whether an attempt includes reading the body of the response into memory, so that a body that breaks off is retried.</summary>
    /// <value>
    /// <see langword="false"/> by default: an attempt ends with the headers, and <see cref="HttpCompletionOption.ResponseHeadersRead"/> gives a stream. It has no effect on
    /// synchronous requests.
    /// </value>
    /// <remarks>
    /// Whatever this says, a body of up to 16 KiB of a failure that may be retried is read, so that its connection is free for the next attempt. That one waits
    /// for the body one second at most; a body that stalls ends with its connection when the next attempt begins.
    /// </remarks>
    public bool BufferResponses { get; set; }

    /// <summary>Gets or sets what makes the budget of retries for an authority such as <c>https://example.org:443</c>.</summary>
    /// <value>
    /// <see cref="RetryBudget.TokenRatio"/> by default, so that retries end while most requests to one server fail. <see langword="null"/> means no budget. Return one
    /// instance for several authorities or clients to have them share it.
    /// </value>
    public Func<string, RetryBudget>? Budget { get; set; } = static _ => RetryBudget.TokenRatio();

    /// <summary>Gets or sets what makes the circuit breaker of an authority such as <c>https://example.org:443</c>.</summary>
    /// <value>
    /// <see langword="null"/> by default, which means none. Each attempt goes through it, also of requests that are not retried. A call that it rejects ends with
    /// <see cref="CircuitOpenException"/> and is not retried, unless <see cref="JudgeException"/> says so. A server that hangs opens it by <see cref="AttemptTimeout"/> only.
    /// </value>
    public Func<string, CircuitBreaker>? CircuitBreaker { get; set; }

    /// <summary>Gets or sets for how many authorities budgets and breakers are kept. The ones unused for longest are forgotten, and begin anew if they return.</summary>
    /// <value>1000 by default; at least 1.</value>
    public int MaximumAuthorities { get; set; } = 1000;

    /// <summary>
    /// Gets or sets whether each request tells its receiver the number of the attempt and what time is left, in the headers <see cref="HttpAttempt.NumberHeader"/> and
    /// <see cref="HttpAttempt.RemainingHeader"/>.
    /// </summary>
    /// <remarks>
    /// The time is the least of <see cref="AttemptTimeout"/>, what is left of <see cref="Deadline"/>, and what is left of the deadlines of retry policies around the
    /// call. The number counts the attempts of this call: inside of another policy's retry it is 1 again.
    /// </remarks>
    /// <value><see langword="false"/> by default.</value>
    public bool SendAttemptHeaders { get; set; }

    /// <summary>Gets or sets the clock.</summary>
    /// <value><see langword="null"/> by default: the container's, if one is registered there, else <see cref="TimeProvider.System"/>.</value>
    public TimeProvider? TimeProvider { get; set; }

    /// <summary>
    /// Gets or sets what changes further settings of the policies: the kind of backoff and jitter, <see cref="RetryOptions.OnRetry"/> and others. It
    /// is called after the settings here were taken over, twice for each authority: for requests that are retried and for those that are not, which are sent once
    /// whatever it says.
    /// </summary>
    /// <value><see langword="null"/> by default.</value>
    public Action<RetryOptions>? ConfigurePolicy { get; set; }

    /// <summary>Gets the limit of an attempt that somebody chose, for requests to which the default does not apply.</summary>
    internal TimeSpan? ChosenAttemptTimeout => _isAttemptTimeoutChosen ? _attemptTimeout : null;

    internal HttpRetryOptions Clone() => (HttpRetryOptions)MemberwiseClone();
}
