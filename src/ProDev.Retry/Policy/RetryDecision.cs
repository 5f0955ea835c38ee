namespace ProDev.Retry;

/// <summary>The answer of <see cref="RetryOptions.ShouldRetry"/>. The default value is <see cref="Stop"/>.</summary>
public readonly struct RetryDecision : IEquatable<RetryDecision>
{
    private readonly bool _retry;

    private RetryDecision(bool retry) => _retry = retry;

    /// <summary>Gets the answer that the attempt is worth a retry, if attempts, deadline and budget allow one.</summary>
    public static RetryDecision Retry { get; } = new(retry: true);

    /// <summary>Gets the answer that the outcome is final.</summary>
    public static RetryDecision Stop { get; } = new(retry: false);

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

    /// <summary>Converts the answer of a predicate: true is <see cref="Retry"/>, false is <see cref="Stop"/>.</summary>
    /// <param name="retry">Whether to retry.</param>
    /// <returns>The decision.</returns>
    public static RetryDecision FromBoolean(bool retry) => new(retry);

    /// <inheritdoc/>
    public bool Equals(RetryDecision other) => _retry == other._retry;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RetryDecision other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _retry.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => _retry ? nameof(Retry) : nameof(Stop);
}
