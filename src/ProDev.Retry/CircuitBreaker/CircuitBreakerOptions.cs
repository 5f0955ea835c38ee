namespace ProDev.Retry;

/// <summary>
/// The settings of a <see cref="CircuitBreaker"/>. A breaker copies them: a later change of this object has no effect on it.
/// </summary>
/// <remarks>
/// All faults are reported together, when the breaker is created or updated. Instances are not thread-safe; breakers are. The numbers,
/// durations and the name can be bound from configuration.
/// </remarks>
public sealed class CircuitBreakerOptions
{
    private Delegate[] _resultPredicates = [];

    /// <summary>Gets or sets what the breaker is called in exceptions, measurements and <see cref="CircuitChange"/>.</summary>
    /// <value>Empty by default, or the name of the registration. It is fixed when the breaker is created.</value>
    public string Name { get; set; } = string.Empty;

    /// <summary>
    /// Gets or sets the share of failures, of the calls within <see cref="SamplingDuration"/>, that opens the breaker once there were
    /// at least <see cref="MinimumThroughput"/> of them.
    /// </summary>
    /// <value>0.5 by default; above 0 and at most 1. <see langword="null"/> switches this rule off.</value>
    public double? FailureRatio { get; set; } = CircuitBreakerConstants.DefaultFailureRatio;

    /// <summary>Gets or sets how many calls <see cref="FailureRatio"/> needs to mean something.</summary>
    /// <value>20 by default; at least 1.</value>
    public int MinimumThroughput { get; set; } = CircuitBreakerConstants.DefaultMinimumThroughput;

    /// <summary>Gets or sets how far back outcomes count for <see cref="FailureRatio"/>. They leave in steps of a tenth of it.</summary>
    /// <value>30 s by default; from 200 ms to 24.8 days.</value>
    public TimeSpan SamplingDuration { get; set; } = CircuitBreakerConstants.DefaultSamplingDuration;

    /// <summary>
    /// Gets or sets how many failures in a row, over all callers, open the breaker. It works beside <see cref="FailureRatio"/>: whichever
    /// rule is met first. Set <see cref="FailureRatio"/> to null to have this rule alone; then no clock is read while all goes well.
    /// </summary>
    /// <value><see langword="null"/> by default, which switches this rule off; otherwise at least 1.</value>
    public int? ConsecutiveFailures { get; set; }

    /// <summary>Gets or sets how long an open breaker rejects calls before it tries a probe.</summary>
    /// <value>5 s by default; above zero and at most 24.8 days.</value>
    public TimeSpan BreakDuration { get; set; } = CircuitBreakerConstants.DefaultBreakDuration;

    /// <summary>
    /// Gets or sets how long each break is, by its number in a row: 1 when a closed breaker opens, 2 when the probe after that failed,
    /// and so on.
    /// </summary>
    /// <value>
    /// <see langword="null"/> by default, which means <see cref="BreakDuration"/> each time. An answer above 24.8 days is cut to it. If it
    /// throws, or answers zero or less, the break is <see cref="BreakDuration"/>, and <see cref="CircuitSnapshot.LastCallbackFailure"/>
    /// tells. It must be thread-safe.
    /// </value>
    public Func<int, TimeSpan>? BreakDurationGenerator { get; set; }

    /// <summary>
    /// Gets or sets how many probes a half-open breaker lets through, and how many of them must succeed to close it. One that fails
    /// opens it again.
    /// </summary>
    /// <value>1 by default; from 1 to 1000.</value>
    public int Probes { get; set; } = CircuitBreakerConstants.DefaultProbes;

    /// <summary>
    /// Gets or sets how long a probe may take. One that takes longer loses its place to another, and its outcome does not count any
    /// more. The operation is not interrupted.
    /// </summary>
    /// <value>30 s by default; above zero and at most 24.8 days. Let it be longer than the operation's timeout.</value>
    public TimeSpan ProbeLease { get; set; } = CircuitBreakerConstants.DefaultProbeLease;

    /// <summary>
    /// Gets or sets which exceptions count as failures, for the <c>Execute</c> forms. All others are neutral: they count neither as failure nor
    /// as success.
    /// </summary>
    /// <value>
    /// <see langword="null"/> by default: everything that <see cref="ShouldRetryArguments.IsRetriedByDefault"/> lists as worth a retry, and
    /// cancellation that is not the caller's, such as a timeout. A call without a token cannot tell whose a cancellation is; there it
    /// counts only with a <see cref="TimeoutException"/> as inner exception. The predicate is never asked once the caller has
    /// cancelled. It must be fast, pure and thread-safe; if it throws, the default decides, and
    /// <see cref="CircuitSnapshot.LastCallbackFailure"/> tells.
    /// </value>
    public Func<Exception, bool>? ShouldCount { get; set; }

    /// <summary>
    /// Gets or sets who is told of each change of <see cref="CircuitBreaker.State"/>. Calls follow one another in the order of the changes, on the
    /// thread of a caller and outside of all locks, so it should be quick. It may call the breaker.
    /// </summary>
    /// <value>
    /// <see langword="null"/> by default. What it throws does not reach the caller, whose operation may have succeeded:
    /// <see cref="CircuitSnapshot.LastCallbackFailure"/> and the counter <c>prodev.circuit.callback_failures</c> tell.
    /// </value>
    public Action<CircuitChange>? OnChange { get; set; }

    /// <summary>Gets or sets the clock. Only its monotonic time is read, never the wall clock, so that setting the clock changes nothing.</summary>
    /// <value>The container's or the system's by default. It is fixed when the breaker is created.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    internal Delegate[]? ResultPredicates => _resultPredicates.Length == 0 ? null : _resultPredicates;

    /// <summary>
    /// Names the results of type <typeparamref name="T"/> (and of types derived from it) that count as failures, for the
    /// <c>Execute</c> forms. The caller gets them nevertheless. Several calls add up.
    /// </summary>
    /// <typeparam name="T">The result type of the operations that the predicate judges; others are not affected.</typeparam>
    /// <param name="predicate">
    /// Answers true for a failure. It must be fast, pure and thread-safe. If it throws, the result is neutral, and
    /// <see cref="CircuitSnapshot.LastCallbackFailure"/> tells.
    /// </param>
    /// <returns>This instance.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="predicate"/> is null.</exception>
    public CircuitBreakerOptions CountResult<T>(Func<T, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        _resultPredicates = [.. _resultPredicates, predicate];
        return this;
    }

    internal CircuitBreakerOptions Clone() => (CircuitBreakerOptions)MemberwiseClone();
}
