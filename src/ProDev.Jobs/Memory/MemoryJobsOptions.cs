namespace ProDev.Jobs;

/// <summary>Settings of the in-memory provider.</summary>
public sealed class MemoryJobsOptions
{
    /// <summary>
    /// How many unfinished jobs (scheduled, queued, running, dead) fit. At least 1. Enqueueing beyond it fails with
    /// <see cref="JobStoreException"/> (<see cref="JobStoreException.IsFull"/>).
    /// </summary>
    /// <value>The default is 100,000.</value>
    public int Capacity { get; set; } = 100_000;

    /// <summary>How many jobs that succeeded or were revoked are remembered for queries and idempotency keys; the oldest are forgotten. Zero or more.</summary>
    /// <value>The default is 10,000.</value>
    public int FinishedCapacity { get; set; } = 10_000;
}
