namespace ProDev.Jobs;

/// <summary>What happens when a unique job is enqueued while another one counts as the same; see <see cref="JobUniqueness"/>.</summary>
public enum JobConflict
{
    /// <summary>Nothing is enqueued; the other job counts.</summary>
    Skip = 0,

    /// <summary>
    /// If the other job waits, it becomes the new one in everything but its id, its idempotency key and the moment it was enqueued: arguments,
    /// queue, priority, attempts (counted from zero), headers, tags, time. What it has noted (progress, steps) is forgotten, because it belonged to the old
    /// arguments. A job that runs or has ended is left as it is, as with <see cref="Skip"/>.
    /// </summary>
    Replace = 1,

    /// <summary>
    /// If the other job waits, it gets the time of the new one (<see cref="EnqueueOptions.Delay"/>, <see cref="EnqueueOptions.RunAt"/>, or now) and keeps
    /// everything else. A job that runs or has ended is left as it is, as with <see cref="Skip"/>.
    /// </summary>
    Reschedule = 2,
}
