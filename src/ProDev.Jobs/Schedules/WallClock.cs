namespace ProDev.Jobs;

/// <summary>
/// The clock on the wall of a time zone. Only the offset of a moment is asked of the system: it is right everywhere, while the system's answers
/// about skipped and repeated times are not for zones whose summer time lies behind their standard time, such as Africa/Casablanca. A zone is
/// taken to change at most once within two days.
/// </summary>
internal sealed class WallClock(TimeZoneInfo zone)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>What the wall clock shows, as if it were UTC.</summary>
    public DateTime Show(DateTimeOffset moment) => moment.UtcDateTime + OffsetAt(moment);

    /// <summary>
    /// The moments at which the wall clock shows a time: the same one twice, unless the time is repeated. For a skipped time, the first moment
    /// after the gap.
    /// </summary>
    public (DateTimeOffset First, DateTimeOffset Last) Find(DateTime shown)
    {
        var asUtc = new DateTimeOffset(shown, TimeSpan.Zero);
        DateTimeOffset old = asUtc - OffsetAt(asUtc - Day);
        DateTimeOffset young = asUtc - OffsetAt(asUtc + Day);
        bool isOld = Show(old) == shown;
        bool isYoung = Show(young) == shown;
        if (isOld || isYoung)
            return (isOld ? old : young, isYoung ? young : old);

        DateTimeOffset afterGap = ChangeBetween(asUtc - Day, asUtc + Day);
        return (afterGap, afterGap);
    }

    /// <summary>When the clock is put back within a day from a moment; <see langword="null"/> when it is not.</summary>
    public DateTimeOffset? PutBackAfter(DateTimeOffset moment)
        => OffsetAt(moment + Day) < OffsetAt(moment) ? ChangeBetween(moment, moment + Day) : null;

    private DateTimeOffset ChangeBetween(DateTimeOffset before, DateTimeOffset after)
    {
        TimeSpan old = OffsetAt(before);
        long low = before.ToUnixTimeSeconds();
        long high = after.ToUnixTimeSeconds();
        while (high - low > 1)
        {
            long middle = low + ((high - low) / 2);
            if (OffsetAt(DateTimeOffset.FromUnixTimeSeconds(middle)) == old)
                low = middle;
            else
                high = middle;
        }

        return DateTimeOffset.FromUnixTimeSeconds(high);
    }

    private TimeSpan OffsetAt(DateTimeOffset moment) => zone.GetUtcOffset(moment.UtcDateTime);
}
