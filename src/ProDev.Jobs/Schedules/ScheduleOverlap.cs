namespace ProDev.Jobs;

/// <summary>
/// What happens at an occurrence while the job of the one before is not finished, that is, waits, runs, or waits for another attempt. Jobs that
/// <see cref="IJobSchedules.TriggerNowAsync"/> made do not count.
/// </summary>
public enum ScheduleOverlap
{
    /// <summary>The new job is enqueued all the same; the two may run side by side.</summary>
    Queue = 0,

    /// <summary>The occurrence is passed over.</summary>
    Skip = 1,

    /// <summary>
    /// The job before is revoked if it waits, also for another attempt; one that runs goes on, and the two may run side by side. Needs a store that can
    /// revoke.
    /// </summary>
    Replace = 2,
}
