namespace ProDev.Retry;

/// <summary>Rejects everybody until the break is over.</summary>
internal sealed class OpenPhase(long since, TimeSpan duration, int breaks, Exception? cause)
    : CircuitPhase(CircuitState.Open, since, breaks, cause)
{
    public bool IsOver(long now) => now - Since >= duration.Ticks;

    public override TimeSpan RetryAfter(long now) =>
        TimeSpan.FromTicks(Math.Max(0, duration.Ticks - (now - Since)));
}
