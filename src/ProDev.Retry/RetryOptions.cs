using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ProDev.Retry;

/// <summary>
/// The settings of a <see cref="RetryPolicy"/>. A policy copies them when it is created: a later change has no effect on it.
/// </summary>
/// <remarks>
/// All faults are reported together, when the policy is created. Instances are not thread-safe; the policies made from
/// them are. The property names are those of <see cref="RetryAttribute"/> and can be bound from configuration.
/// </remarks>
public sealed class RetryOptions
{
    internal static readonly Func<double> SharedRandomizer = Random.Shared.NextDouble;

    private Delegate[] _resultJudges = [];

    /// <summary>
    /// Gets or sets how often the operation runs at most. <b>All attempts count, the first included</b>: 3 means one
    /// call and up to two retries, and 1 means that nothing is retried.
    /// </summary>
    /// <value>3 by default; at least 1.</value>
    public int MaxAttempts { get; set; } = RetryConstants.DefaultMaxAttempts;

    /// <summary>Gets or sets how the delay grows.</summary>
    /// <value><see cref="RetryBackoff.Exponential"/> by default.</value>
    public RetryBackoff Backoff { get; set; } = RetryBackoff.Exponential;

    /// <summary>
    /// Gets or sets a function that computes each delay, in place of <see cref="Backoff"/>, <see cref="BaseDelay"/> and <see cref="Jitter"/>. It must be
    /// fast and thread-safe.
    /// </summary>
    /// <value>
    /// <see langword="null"/> by default. What it answers is cut to the range from zero to <see cref="MaxDelay"/>. An exception from it ends the call with
    /// an <see cref="InvalidOperationException"/> that carries it and the attempt's own exception.
    /// </value>
    public Func<BackoffArguments, TimeSpan>? CustomBackoff { get; set; }

    /// <summary>Gets or sets the delay before the first retry, before jitter is applied.</summary>
    /// <value>100 ms by default. Zero retries at once, without a timer.</value>
    public TimeSpan BaseDelay { get; set; } = RetryConstants.DefaultBaseDelay;

    /// <summary>Gets or sets what each further delay of an exponential backoff is multiplied by: 2 doubles it, 1 keeps it constant.</summary>
    /// <value>2 by default; at least 1.</value>
    public double BackoffFactor { get; set; } = RetryConstants.DefaultBackoffFactor;

    /// <summary>Gets or sets the longest delay before a retry. Delays that would be longer, or overflow, are cut to it.</summary>
    /// <value>10 s by default; at least <see cref="BaseDelay"/> and at most 24.8 days (2,147,483,647 ms).</value>
    public TimeSpan MaxDelay { get; set; } = RetryConstants.DefaultMaxDelay;

    /// <summary>Gets or sets how delays are spread, so that callers that failed together do not return together.</summary>
    /// <value><see cref="RetryJitter.Full"/> by default.</value>
    public RetryJitter Jitter { get; set; } = RetryConstants.DefaultJitter;

    /// <summary>
    /// Gets or sets the time that all attempts and delays share, measured from the call. A retry whose delay does not
    /// fit into what is left is not waited for: the caller gets the last outcome at once.
    /// </summary>
    /// <value>
    /// <see langword="null"/> by default, which means no deadline; otherwise above zero. The deadline decides whether
    /// another attempt starts. It does not interrupt an attempt that runs: give the operation a timeout of its own.
    /// </value>
    public TimeSpan? Deadline { get; set; }

    /// <summary>
    /// Gets or sets the time that one attempt has. When it is over, the attempt's token is cancelled, and the attempt fails with an
    /// <see cref="AttemptTimeoutException"/>, which is retried by default. An operation that ignores its token is not interrupted.
    /// </summary>
    /// <value>
    /// <see langword="null"/> by default, which means no limit, and that operations get the caller's own token; otherwise above zero, at most 24.8 days, and
    /// shorter than <see cref="Deadline"/>. It counts from where an asynchronous operation first waits. The token belongs to the attempt: do not keep it.
    /// </value>
    public TimeSpan? AttemptTimeout { get; set; }

    /// <summary>
    /// Gets or sets the longest delay that a server may ask for (<see cref="RetryDecision.RetryAfter"/>). Beyond it the caller gets the outcome at
    /// once; it is never shortened.
    /// </summary>
    /// <value><see langword="null"/> by default: only <see cref="Deadline"/> limits it, and 24.8 days, the longest that is waited for. From zero to 24.8 days.</value>
    public TimeSpan? MaxServerDelay { get; set; }

    /// <summary>Gets or sets what becomes of retries in layers.</summary>
    /// <value><see cref="NestedRetries.Count"/> by default: layers do not multiply.</value>
    public NestedRetries NestedRetries { get; set; }

    /// <summary>
    /// Gets or sets the judge of an attempt that threw. A predicate is enough, because <see langword="bool"/> converts to
    /// <see cref="RetryDecision"/>: <c>o.ShouldRetry = static failed =&gt; failed.Exception is IOException;</c>
    /// </summary>
    /// <value>
    /// <see langword="null"/> by default, which means <see cref="ShouldRetryArguments.IsRetriedByDefault"/>. It is never asked
    /// about the caller's own cancellation, which is not retried. It must be fast, pure and thread-safe: it can run
    /// before the operation's own <see langword="finally"/> blocks.
    /// </value>
    public Func<ShouldRetryArguments, RetryDecision>? ShouldRetry { get; set; }

    /// <summary>Gets or sets what is called before each retry, ahead of its delay. It must be thread-safe.</summary>
    /// <value>
    /// <see langword="null"/> by default. An exception from it ends the call with an <see cref="InvalidOperationException"/>
    /// that carries it and the attempt's own exception.
    /// </value>
    public Action<OnRetryArguments>? OnRetry { get; set; }

    /// <summary>
    /// Gets or sets the budget that this policy spends retries from. Share one instance between the policies that call one
    /// dependency.
    /// </summary>
    /// <value><see langword="null"/> by default, which means that retries are limited by <see cref="MaxAttempts"/> only.</value>
    public RetryBudget? Budget { get; set; }

    /// <summary>
    /// Gets or sets the circuit breaker that every attempt goes through. Share one instance between the policies that call one dependency.
    /// </summary>
    /// <value>
    /// <see langword="null"/> by default, which means that there is none. A rejected attempt throws <see cref="CircuitOpenException"/>, which is not retried unless
    /// <see cref="ShouldRetry"/> says so. What the breaker counts is its own setting; a result that is refused here counts as a failure there.
    /// </value>
    public CircuitBreaker? CircuitBreaker { get; set; }

    /// <summary>Gets or sets the clock that measures the deadline and waits for the delays.</summary>
    /// <value><see cref="TimeProvider.System"/> by default; from the container, if one is registered there.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// Gets or sets the source of jitter: numbers from 0 (included) to 1 (excluded). It must be thread-safe. A value
    /// outside is moved to the nearest bound.
    /// </summary>
    /// <value><see cref="Random.Shared"/> by default; from the container's <see cref="Random"/>, if one is registered.</value>
    public Func<double> Randomizer { get; set; } = SharedRandomizer;

    /// <summary>Gets or sets where retries are logged, and calls that ended without a success.</summary>
    /// <value>
    /// No log by default; from the container's <see cref="ILoggerFactory"/>, if one is registered. What a log, a meter or a trace throws does not affect a call.
    /// </value>
    public ILogger Logger { get; set; } = NullLogger.Instance;

    internal ReadOnlySpan<Delegate> ResultJudges => _resultJudges;

    /// <summary>
    /// Names the results of type <typeparamref name="T"/> (and of types derived from it) that count as a failure worth a retry.
    /// Several calls add up. When the attempts are used up, the last result is returned as it is.
    /// </summary>
    /// <remarks>
    /// A result that is replaced by another attempt is disposed if it is <see cref="IAsyncDisposable"/> or
    /// <see cref="IDisposable"/>; the one that is returned belongs to the caller. What
    /// disposing throws is logged and does not end the call.
    /// </remarks>
    /// <typeparam name="T">The result type of the operations that the predicate judges; others are not affected.</typeparam>
    /// <param name="predicate">Answers true for a result to retry. It must be fast, pure and thread-safe.</param>
    /// <returns>This instance.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="predicate"/> is null.</exception>
    public RetryOptions RetryResult<T>(Func<T, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return JudgeResult<T>(result => predicate(result));
    }

    /// <summary>
    /// As <see cref="RetryResult{T}"/>, with the whole answer: a result may say that the server is overloaded, and how long to leave it alone.
    /// Of several judges the first whose answer is not <see cref="RetryDecision.Stop"/> decides.
    /// </summary>
    /// <typeparam name="T">The result type of the operations that are judged; others are not affected.</typeparam>
    /// <param name="judge"><see cref="RetryDecision.Stop"/> accepts the result. It must be fast, pure and thread-safe.</param>
    /// <returns>This instance.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="judge"/> is null.</exception>
    public RetryOptions JudgeResult<T>(Func<T, RetryDecision> judge)
    {
        ArgumentNullException.ThrowIfNull(judge);
        _resultJudges = [.. _resultJudges, judge];
        return this;
    }

    internal RetryOptions Clone() => (RetryOptions)MemberwiseClone();
}
