using System.Runtime.InteropServices;

namespace ProDev.Retry;

/// <summary>
/// The answer of a judge: <see cref="RetryOptions.ShouldRetry"/> or <see cref="RetryOptions.JudgeResult{T}"/>. The default value is <see cref="Stop"/>.
/// </summary>
/// <remarks>
/// A delay that comes with the answer is what the server asked for. It replaces the policy's own, is never shortened, and so is never waited for when it
/// does not fit the deadline or exceeds <see cref="RetryOptions.MaxServerDelay"/>: the caller gets the outcome at once.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly struct RetryDecision : IEquatable<RetryDecision>
{
    // Two words, which a judge returns in registers. One more than the delay, so that the default value has none.
    private readonly long _ticksPlusOne;
    private readonly Kind _kind;

    private RetryDecision(Kind kind, TimeSpan? delay = null)
    {
        _kind = kind;
        _ticksPlusOne = delay is { } time ? Math.Min(time.Ticks, long.MaxValue - 1) + 1 : 0;
    }

    private enum Kind : byte
    {
        Stop,
        Retry,
        Throttled,
        Failed,
    }

    /// <summary>Gets the answer that the attempt is worth a retry, if attempts, deadline and budget allow one.</summary>
    public static RetryDecision Retry { get; } = new(Kind.Retry);

    /// <summary>
    /// Gets the answer that the other side is overloaded: worth a retry, and told to the budget, which may charge it differently
    /// (<see cref="RetryBudget"/>).
    /// </summary>
    public static RetryDecision Throttled { get; } = new(Kind.Throttled);

    /// <summary>Gets the answer that the outcome is final, and an answer like any other: it counts neither against a budget nor against a circuit breaker.</summary>
    public static RetryDecision Stop { get; } = new(Kind.Stop);

    /// <summary>
    /// Gets the answer that the outcome is final, and a failure of the other side all the same: a circuit breaker counts it, and a budget gets nothing for it. For
    /// results; an exception is judged by the circuit breaker itself.
    /// </summary>
    public static RetryDecision Failed { get; } = new(Kind.Failed);

    /// <summary>Gets whether the attempt is worth a retry.</summary>
    public bool IsRetry => _kind is Kind.Retry or Kind.Throttled;

    /// <summary>Gets whether the attempt failed, be it worth a retry or not.</summary>
    public bool IsFailure => _kind != Kind.Stop;

    /// <summary>Gets whether the other side said that it is overloaded.</summary>
    public bool IsThrottled => _kind == Kind.Throttled;

    /// <summary>Gets the delay that the server asked for; null if the policy's own applies.</summary>
    public TimeSpan? Delay => _ticksPlusOne > 0 ? TimeSpan.FromTicks(_ticksPlusOne - 1) : null;

    /// <summary>Converts the answer of a predicate: true is <see cref="Retry"/>, false is <see cref="Stop"/>.</summary>
    /// <param name="retry">Whether to retry.</param>
    public static implicit operator RetryDecision(bool retry) => FromBoolean(retry);

    /// <summary>Compares two decisions.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    public static bool operator ==(RetryDecision left, RetryDecision right) => left.Equals(right);

    /// <summary>Compares two decisions.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    public static bool operator !=(RetryDecision left, RetryDecision right) => !left.Equals(right);

    /// <summary>Answers that the attempt is worth a retry, but not before this time has passed.</summary>
    /// <param name="delay">From now on. Negative counts as zero, which retries at once.</param>
    /// <returns>The decision.</returns>
    public static RetryDecision RetryAfter(TimeSpan delay) => new(Kind.Retry, NotNegative(delay));

    /// <summary>Answers that the other side is overloaded and asked to be left alone for this time.</summary>
    /// <param name="delay">From now on. Negative counts as zero, which retries at once.</param>
    /// <returns>The decision.</returns>
    public static RetryDecision ThrottledFor(TimeSpan delay) => new(Kind.Throttled, NotNegative(delay));

    /// <summary>Converts the answer of a predicate: true is <see cref="Retry"/>, false is <see cref="Stop"/>.</summary>
    /// <param name="retry">Whether to retry.</param>
    /// <returns>The decision.</returns>
    public static RetryDecision FromBoolean(bool retry) => retry ? Retry : Stop;

    /// <inheritdoc/>
    public bool Equals(RetryDecision other) => _kind == other._kind && _ticksPlusOne == other._ticksPlusOne;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RetryDecision other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_kind, _ticksPlusOne);

    /// <inheritdoc/>
    public override string ToString() => Delay is { } delay ? $"{_kind} after {delay:c}" : _kind.ToString();

    private static TimeSpan NotNegative(TimeSpan delay) => delay > TimeSpan.Zero ? delay : TimeSpan.Zero;
}
