namespace ProDev.Caching.Internal;

/// <summary>Where a circuit breaker stands.</summary>
/// <param name="Phase">Who is let through.</param>
/// <param name="BrokenSince">When it opened, by the calendar; null while it is closed. A probe that fails does not make the outage younger.</param>
/// <param name="AskedAgainAt">When somebody may ask again; null when it is closed, or somebody may already.</param>
internal sealed record BreakerState(BreakerPhase Phase, DateTimeOffset? BrokenSince, DateTimeOffset? AskedAgainAt)
{
    public static readonly BreakerState Closed = new(BreakerPhase.Closed, BrokenSince: null, AskedAgainAt: null);
}
