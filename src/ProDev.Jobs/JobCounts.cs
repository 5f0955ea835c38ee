namespace ProDev.Jobs;

/// <summary>How many jobs are in each state, at one moment.</summary>
public sealed record JobCounts
{
    /// <summary>Jobs that wait for their time.</summary>
    public long Scheduled { get; init; }

    /// <summary>Jobs that are ready to run, those included that wait for a place in their group or for their rate.</summary>
    public long Queued { get; init; }

    /// <summary>Jobs that a worker has leased.</summary>
    public long Running { get; init; }

    /// <summary>Jobs that are done and not yet pruned.</summary>
    public long Succeeded { get; init; }

    /// <summary>Jobs that were given up.</summary>
    public long DeadLettered { get; init; }

    /// <summary>Jobs that were revoked and are not yet pruned.</summary>
    public long Revoked { get; init; }

    /// <summary>Jobs that still have to run or are running: the sum of scheduled, queued and running.</summary>
    public long Pending => Scheduled + Queued + Running;
}
