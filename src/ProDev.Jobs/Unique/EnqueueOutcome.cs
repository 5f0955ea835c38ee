namespace ProDev.Jobs;

/// <summary>What enqueueing has done.</summary>
public enum EnqueueOutcome
{
    /// <summary>There is a new job.</summary>
    Enqueued = 0,

    /// <summary>Nothing was changed: a job with the same id, the same idempotency key, or in the way of a unique job, is in the store and counts.</summary>
    Existed = 1,

    /// <summary>A job that waited has become the new one; see <see cref="JobConflict.Replace"/>.</summary>
    Replaced = 2,

    /// <summary>A job that waited has got a new time; see <see cref="JobConflict.Reschedule"/>.</summary>
    Rescheduled = 3,
}
