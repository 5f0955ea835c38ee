namespace ProDev.Jobs;

/// <summary>The store's answer to a <see cref="ScheduleFiring"/>.</summary>
public enum ScheduleFired
{
    /// <summary>The schedule had changed, or another scheduler was faster: nothing has changed.</summary>
    Refused = 0,

    /// <summary>The jobs are enqueued, and the schedule has its new next time.</summary>
    Enqueued = 1,

    /// <summary>The schedule has its new next time. Nothing was enqueued, because the job of the latest occurrence is not finished.</summary>
    Skipped = 2,
}
