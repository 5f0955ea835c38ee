namespace ProDev.Jobs;

/// <summary>
/// What happens to occurrences that nobody fired in time, because no scheduler ran or the store could not be reached. The latest one is fired
/// in any case when it is at most one minute old, so that a change of the leading scheduler loses nothing.
/// </summary>
public enum ScheduleCatchUp
{
    /// <summary>One job for the latest of them; the earlier ones are passed over.</summary>
    Last = 0,

    /// <summary>They are passed over.</summary>
    None = 1,

    /// <summary>
    /// A job for each, the earliest first, but only for the latest <see cref="ScheduleOptions.MaxCatchUp"/>. A schedule that does not let its jobs
    /// overlap gets one job only, as with <see cref="Last"/>.
    /// </summary>
    All = 2,
}
