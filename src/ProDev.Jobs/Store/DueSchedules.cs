namespace ProDev.Jobs;

/// <summary>The schedules that were due at one moment.</summary>
/// <param name="Now">That moment, by the store's clock.</param>
/// <param name="Schedules">The schedules, the longest due first.</param>
public sealed record DueSchedules(DateTimeOffset Now, IReadOnlyList<JobSchedule> Schedules);
