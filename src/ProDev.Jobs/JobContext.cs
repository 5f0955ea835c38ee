namespace ProDev.Jobs;

/// <summary>What a running job may know about its run. Safe to hand to other threads.</summary>
public sealed class JobContext
{
    /// <summary>Creates a context. The worker does this; tests of a job may, too.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="name">The job's stored name.</param>
    public JobContext(Guid id, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Id = id;
        Name = name;
    }

    /// <summary>The id of the job: the same for every attempt, so it makes a good key for idempotent effects.</summary>
    public Guid Id { get; }

    /// <summary>The stored name of the job.</summary>
    public string Name { get; }

    /// <summary>The queue that the job was fetched from.</summary>
    /// <value>The default is <c>default</c>.</value>
    public string Queue { get; init; } = JobConstants.DefaultQueue;

    /// <summary>The number of this attempt, counted when the job is leased. The first one is 1.</summary>
    /// <value>The default is 1.</value>
    public int Attempt { get; init; } = 1;

    /// <summary>The number of the last attempt before the job becomes a dead letter.</summary>
    /// <value>The default is 5.</value>
    public int MaxAttempts { get; init; } = JobConstants.DefaultMaxAttempts;

    /// <summary>
    /// The fencing token of the lease. Each lease of the same job has a higher one; a system that remembers the highest token it
    /// has seen can refuse the writes of a worker that lost its lease without noticing.
    /// </summary>
    public long LeaseToken { get; init; }

    /// <summary>When the store accepted the job, by the store's clock.</summary>
    public DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>The name of the schedule that enqueued the job; <see langword="null"/> for other jobs.</summary>
    public string? Schedule { get; init; }

    /// <summary>
    /// The time for which the schedule enqueued the job, which may have started much later; <see langword="null"/> for other jobs, and for those
    /// of <see cref="IJobSchedules.TriggerNowAsync"/>.
    /// </summary>
    public DateTimeOffset? ScheduledAt { get; init; }

    /// <summary>
    /// Why the token of this run has fired; the first cause stays. <see cref="JobCancellationCause.None"/> while it has not, and in a
    /// context that no worker made.
    /// </summary>
    public JobCancellationCause CancellationCause => Held?.Cause ?? JobCancellationCause.None;

    /// <summary>Free text that travels with the job; see <see cref="EnqueueOptions.Headers"/>.</summary>
    /// <value>The default is empty.</value>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = NoHeaders;

    /// <summary>The job that this one followed in a <see cref="Canvas"/>; <see langword="null"/> if the application enqueued it.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>The first job of the <see cref="Canvas"/>; the job itself if it belongs to none.</summary>
    public Guid RootId
    {
        get => field == Guid.Empty ? Id : field;
        init;
    }

    internal HeldJob? Held { get; init; }

    /// <summary>What the job returned.</summary>
    internal object? Result { get; set; }

    private static readonly IReadOnlyDictionary<string, string> NoHeaders = new Dictionary<string, string>(StringComparer.Ordinal);
}
