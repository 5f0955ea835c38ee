namespace ProDev.Retry;

/// <summary>Rejects everybody until somebody resets the breaker.</summary>
internal sealed class IsolatedPhase(long since) : CircuitPhase(CircuitState.Isolated, since)
{
    public override TimeSpan RetryAfter(long now) => TimeSpan.MaxValue;
}
