namespace ProDev.Jobs;

/// <summary>
/// One schedule as a store keeps it. Immutable. Stores give every field back unchanged, except <see cref="Revision"/>, which they count. The
/// times are moments of whole milliseconds.
/// </summary>
public sealed record JobSchedule
{
    /// <summary>Identifies the schedule. Compared by ordinal.</summary>
    public required string Name { get; init; }

    /// <summary>The cron expression; <see langword="null"/> for an interval.</summary>
    public string? Cron { get; init; }

    /// <summary>The time between two occurrences; <see langword="null"/> for a cron expression.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>The moment from which intervals are counted, in both directions. Means nothing for a cron expression.</summary>
    public DateTimeOffset Anchor { get; init; }

    /// <summary>The IANA id of the time zone in which the cron expression is read.</summary>
    /// <value>The default is <c>UTC</c>.</value>
    public string TimeZone { get; init; } = JobConstants.UtcTimeZone;

    /// <summary>What happens when the job of the latest occurrence is not finished.</summary>
    public ScheduleOverlap Overlap { get; init; }

    /// <summary>What happens to occurrences that were missed.</summary>
    public ScheduleCatchUp CatchUp { get; init; }

    /// <summary>How many missed occurrences <see cref="ScheduleCatchUp.All"/> fires at most; at least 1.</summary>
    /// <value>The default is 100.</value>
    public int MaxCatchUp { get; init; } = JobConstants.DefaultMaxCatchUp;

    /// <summary>What is enqueued at each occurrence, except for the id and the headers about the occurrence.</summary>
    public required JobEnvelope Job { get; init; }

    /// <summary>The hash of the declaration in code that was last applied; <see langword="null"/> when there never was one.</summary>
    public string? Declaration { get; init; }

    /// <summary>Whether it is left out when schedules become due.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The time of the next occurrence; <see langword="null"/> when there is none any more.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>The time of the latest occurrence that was enqueued; <see langword="null"/> before the first.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>The job of the latest occurrence that was enqueued; <see langword="null"/> before the first.</summary>
    public Guid? LastJobId { get; init; }

    /// <summary>Counted up by the store with each change; 1 after the first. Ignored when a schedule is put.</summary>
    public long Revision { get; init; }
}
