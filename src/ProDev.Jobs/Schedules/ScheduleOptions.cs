namespace ProDev.Jobs;

/// <summary>How one schedule fires, and how its jobs are enqueued. Everything is optional.</summary>
public sealed class ScheduleOptions
{
    /// <summary>
    /// The IANA id of the time zone in which a cron expression is read, such as <c>Europe/Berlin</c>. Not for intervals, which know no zone.
    /// </summary>
    /// <value>The default is <see langword="null"/>: UTC.</value>
    public string? TimeZone { get; set; }

    /// <summary>
    /// The moment from which intervals are counted, in both directions: the first occurrence is the first whole number of intervals from it that
    /// lies ahead. Not for cron expressions.
    /// </summary>
    /// <value>The default is <see langword="null"/>: the moment, by the store's clock, at which the schedule gets its interval.</value>
    public DateTimeOffset? Anchor { get; set; }

    /// <summary>What happens while the job of the occurrence before is not finished.</summary>
    /// <value>The default is <see cref="ScheduleOverlap.Queue"/>.</value>
    public ScheduleOverlap Overlap { get; set; }

    /// <summary>What happens to occurrences that were missed.</summary>
    /// <value>The default is <see cref="ScheduleCatchUp.Last"/>.</value>
    public ScheduleCatchUp CatchUp { get; set; }

    /// <summary>How many missed occurrences <see cref="ScheduleCatchUp.All"/> fires at most. From 1 to 1,000.</summary>
    /// <value>The default is 100.</value>
    public int MaxCatchUp { get; set; } = JobConstants.DefaultMaxCatchUp;

    /// <summary>The queue of the jobs.</summary>
    /// <value>The default is <see langword="null"/>: the queue of the <see cref="JobAttribute"/>.</value>
    public string? Queue { get; set; }

    /// <summary>The priority of the jobs, from 0 to 9.</summary>
    /// <value>The default is 0.</value>
    public int Priority { get; set; }

    /// <summary>How often a job may be started in all. At least 1.</summary>
    /// <value>The default is <see langword="null"/>: the number of the <see cref="JobAttribute"/>.</value>
    public int? MaxAttempts { get; set; }

    /// <summary>How long a job may wait once it is enqueued; see <see cref="EnqueueOptions.Expires"/>.</summary>
    /// <value>The default is <see langword="null"/>: it waits for as long as it takes.</value>
    public TimeSpan? Expires { get; set; }

    /// <summary>The group of the jobs; see <see cref="EnqueueOptions.Group"/>.</summary>
    /// <value>The default is <see langword="null"/>: no such limit.</value>
    public JobGroup? Group { get; set; }

    /// <summary>How often the jobs may be started; see <see cref="EnqueueOptions.Rate"/>.</summary>
    /// <value>The default is <see langword="null"/>: the rate of the <see cref="JobAttribute"/>, if it has one.</value>
    public JobRate? Rate { get; set; }

    /// <summary>The key of the bucket from which the jobs take their tokens; see <see cref="EnqueueOptions.RateKey"/>.</summary>
    /// <value>The default is <see langword="null"/>: the name of the job.</value>
    public string? RateKey { get; set; }
}
