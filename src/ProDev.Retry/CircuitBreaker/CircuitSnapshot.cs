namespace ProDev.Retry;

/// <summary>What a <see cref="CircuitBreaker"/> looked like at one moment, for dashboards and health checks.</summary>
public sealed class CircuitSnapshot
{
    internal CircuitSnapshot()
    {
    }

    /// <summary>Gets the <see cref="CircuitBreakerOptions.Name"/> of the breaker.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the state.</summary>
    public required CircuitState State { get; init; }

    /// <summary>Gets how long the breaker has been in that state.</summary>
    public required TimeSpan StateAge { get; init; }

    /// <summary>Gets what <see cref="CircuitBreaker.RetryAfter"/> was.</summary>
    public required TimeSpan RetryAfter { get; init; }

    /// <summary>Gets the successes within the sampling duration; zero unless closed with a <see cref="CircuitBreakerOptions.FailureRatio"/>.</summary>
    public long Successes { get; init; }

    /// <summary>Gets the failures within the sampling duration; zero unless closed with a <see cref="CircuitBreakerOptions.FailureRatio"/>.</summary>
    public long Failures { get; init; }

    /// <summary>Gets the failures since the last success; zero unless closed.</summary>
    public int FailuresInARow { get; init; }

    /// <summary>Gets how many breaks there were without a return to <see cref="CircuitState.Closed"/>; zero when closed or isolated.</summary>
    public int BreaksInARow { get; init; }

    /// <summary>Gets how many probes hold a place; zero unless half-open.</summary>
    public int RunningProbes { get; init; }

    /// <summary>Gets the failure that opened the breaker, as far as it was reported; null when closed or isolated.</summary>
    public Exception? Cause { get; init; }

    /// <summary>Gets how often a callback of the options threw, or answered what it must not, since the breaker was created.</summary>
    public long CallbackFailures { get; init; }

    /// <summary>Gets the last of them; null if there was none. Its message names the callback.</summary>
    public Exception? LastCallbackFailure { get; init; }
}
