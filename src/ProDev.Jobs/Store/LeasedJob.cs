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
}
