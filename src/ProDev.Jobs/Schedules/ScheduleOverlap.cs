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
}
