namespace ProDev.Retry;

/// <summary>
/// The time from one change of state to the next. Its identity is the generation of the calls that it lets through: what they report
/// after it has ended is ignored, and there is no number that could wrap around or be met again.
/// </summary>
/// <param name="state">The state; it never changes.</param>
/// <param name="since">When it began, by <see cref="MonotonicClock.Now"/>.</param>
/// <param name="breaks">How many breaks there were in a row, this one included.</param>
/// <param name="cause">The failure that opened the breaker, if it is known.</param>
internal abstract class CircuitPhase(CircuitState state, long since, int breaks = 0, Exception? cause = null)
{
    public CircuitState State => state;

    public long Since => since;

    public int Breaks => breaks;

    public Exception? Cause => cause;

    /// <summary>How long a caller who is rejected now has to wait at most; zero if calls are let through.</summary>
    public virtual TimeSpan RetryAfter(long now) => TimeSpan.Zero;

    public TimeSpan Age(long now) => TimeSpan.FromTicks(Math.Max(0, now - since));
}
