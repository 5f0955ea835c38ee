namespace ProDev.Jobs.Soak;

/// <summary>The clock of a machine that is set wrong.</summary>
public sealed class SkewedClock(TimeSpan skew) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + skew;
}
