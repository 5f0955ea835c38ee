namespace ProDev.Jobs.Conformance;

/// <summary>Builds schedules and their steps with the fields that a test does not care about filled in.</summary>
public static class TestSchedules
{
    public static JobSchedule New(string name, DateTimeOffset? nextAt, ScheduleOverlap overlap = ScheduleOverlap.Queue) => new()
    {
        Name = name,
        Interval = TimeSpan.FromMinutes(1),
        Anchor = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        Overlap = overlap,
        Job = TestJobs.New(),
        NextAt = nextAt,
    };

    /// <summary>Puts a new schedule and returns it as the store has it.</summary>
    public static async Task<JobSchedule> PutNewAsync(this IJobStore store, JobSchedule schedule)
    {
        Assert.True(await store.PutScheduleAsync(schedule, 0, default));
        return (await store.FindScheduleAsync(schedule.Name, default))!;
    }

    /// <summary>Fires the next occurrence, with the one a minute later as the next.</summary>
    public static ScheduleFiring Step(JobSchedule schedule, params JobEnvelope[] jobs) => new()
    {
        Schedule = schedule,
        Jobs = jobs,
        LastAt = schedule.NextAt!.Value,
        NextAt = schedule.NextAt + TimeSpan.FromMinutes(1),
    };
}
