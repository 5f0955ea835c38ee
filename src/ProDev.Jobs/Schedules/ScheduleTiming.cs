namespace ProDev.Jobs;

/// <summary>When a schedule occurs. All moments are whole milliseconds, in UTC.</summary>
internal abstract class ScheduleTiming
{
    public static ScheduleTiming Of(JobSchedule schedule)
        => schedule.Interval is { } interval
            ? new IntervalTiming(schedule.Anchor, interval)
            : CronTiming.Parse(schedule.Name, schedule.Cron ?? "", schedule.TimeZone);

    /// <summary>The first occurrence later than the given moment; <see langword="null"/> for never.</summary>
    public abstract DateTimeOffset? Next(DateTimeOffset after);

    /// <summary>The last occurrence earlier than the given moment; <see langword="null"/> for never.</summary>
    public abstract DateTimeOffset? Previous(DateTimeOffset before);
}
