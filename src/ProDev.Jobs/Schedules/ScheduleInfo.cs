namespace ProDev.Jobs;

/// <summary>A snapshot of one schedule, for people and tests. All times are by the store's clock.</summary>
public sealed record ScheduleInfo
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The stored name of the job that it enqueues.</summary>
    public required string JobName { get; init; }

    /// <summary>The queue of its jobs.</summary>
    public required string Queue { get; init; }

    /// <summary>The cron expression; <see langword="null"/> for an interval.</summary>
    public string? Cron { get; init; }

    /// <summary>The time between two occurrences; <see langword="null"/> for a cron expression.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>The IANA id of the time zone in which the cron expression is read; <c>UTC</c> for an interval.</summary>
    public required string TimeZone { get; init; }

    /// <summary>What happens while the job of the occurrence before is not finished.</summary>
    public ScheduleOverlap Overlap { get; init; }

    /// <summary>What happens to occurrences that were missed.</summary>
    public ScheduleCatchUp CatchUp { get; init; }

    /// <summary>Whether it was declared in code, in this program or another one on the same store.</summary>
    public bool IsDeclared { get; init; }

    /// <summary>Whether it is paused.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The time of the next occurrence; <see langword="null"/> while it is paused, and when there is none any more.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>The time of the latest occurrence that was enqueued; <see langword="null"/> before the first.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>The job of that occurrence. It may have been pruned since.</summary>
    public Guid? LastJobId { get; init; }

    internal static ScheduleInfo From(JobSchedule schedule) => new()
    {
        Name = schedule.Name,
        JobName = schedule.Job.Name,
        Queue = schedule.Job.Queue,
        Cron = schedule.Cron,
        Interval = schedule.Interval,
        TimeZone = schedule.TimeZone,
        Overlap = schedule.Overlap,
        CatchUp = schedule.CatchUp,
        IsDeclared = schedule.Declaration is not null,
        IsPaused = schedule.IsPaused,
        NextAt = schedule.IsPaused ? null : schedule.NextAt,
        LastAt = schedule.LastAt,
        LastJobId = schedule.LastJobId,
    };
}
