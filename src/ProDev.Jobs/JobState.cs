namespace ProDev.Jobs;

/// <summary>
/// Where a job is in its life:
/// <code>
/// Scheduled -> Queued -> Running -> Succeeded
///     ^          ^         |
///     | (retry)  | (handed back, lease expired)
///     +----------+---------+-> DeadLettered -> (replay) Queued, (discard) gone
/// Scheduled, Queued, Running -> (revoke) Revoked
/// </code>
/// </summary>
public enum JobState
{
    /// <summary>Waiting for its time: it was enqueued with a delay, or waits for its next attempt.</summary>
    Scheduled = 0,

    /// <summary>Ready to run; a worker takes it as soon as one is free, and its group and its rate allow it.</summary>
    Queued = 1,

    /// <summary>Leased by a worker.</summary>
    Running = 2,

    /// <summary>Done.</summary>
    Succeeded = 3,

    /// <summary>Given up, and kept until somebody replays or discards it.</summary>
    DeadLettered = 4,

    /// <summary>Taken back before it was done. Pruned like a succeeded one.</summary>
    Revoked = 5,
}
