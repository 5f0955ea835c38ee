namespace ProDev.Jobs;

/// <summary>A job that a worker has fetched, with its lease.</summary>
public sealed class LeasedJob
{
    /// <summary>The job, as it was enqueued.</summary>
    public required JobEnvelope Envelope { get; init; }

    /// <summary>The lease, to be passed back with whatever becomes of the job.</summary>
    public required JobLease Lease { get; init; }

    /// <summary>The number of this attempt, already counted; the first is 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>When the store accepted the job, by the store's clock.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>
    /// When the store gave this lease, by the store's clock. It lets a worker compare moments with the store's clock; one that is not told
    /// uses its own.
    /// </summary>
    /// <value>The default is <see langword="null"/>: the store does not say.</value>
    public DateTimeOffset? LeasedAt { get; init; }
}
