namespace ProDev.Retry;

/// <summary>Whether a <see cref="CircuitBreaker"/> lets calls through.</summary>
public enum CircuitState
{
    /// <summary>Calls are let through, and their outcomes are counted.</summary>
    Closed = 0,

    /// <summary>
    /// Too much failed: calls are rejected until the break is over. The breaker has no timer; it becomes half-open with the first call
    /// after the break.
    /// </summary>
    Open = 1,

    /// <summary>A few calls, the probes, are let through and decide; all others are rejected.</summary>
    HalfOpen = 2,

    /// <summary>Calls are rejected until <see cref="CircuitBreaker.Reset"/> is called.</summary>
    Isolated = 3,
}
