namespace ProDev.Jobs;

/// <summary>Whole numbers of intervals from an anchor: what is late once does not make all later ones late.</summary>
internal sealed class IntervalTiming(DateTimeOffset anchor, TimeSpan interval) : ScheduleTiming
{
    public override DateTimeOffset? Next(DateTimeOffset after) => At(Floor(after) + 1);

    public override DateTimeOffset? Previous(DateTimeOffset before) => At(Floor(before.AddTicks(-1)));

    private DateTimeOffset At(long number) => anchor.ToUniversalTime() + (interval * number);

    private long Floor(DateTimeOffset moment)
    {
        (long quotient, long remainder) = Math.DivRem((moment - anchor).Ticks, interval.Ticks);
        return remainder < 0 ? quotient - 1 : quotient;
    }
}
