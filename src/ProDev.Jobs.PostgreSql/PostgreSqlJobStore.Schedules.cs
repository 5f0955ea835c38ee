namespace ProDev.Jobs.PostgreSql;

/// <summary>Schedules, which this store does not keep: it does not claim the ability, so the core refuses such calls.</summary>
internal sealed partial class PostgreSqlJobStore
{
    public ValueTask<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken) => throw NoSchedules();

    public ValueTask<bool> TryLeadAsync(string owner, TimeSpan lease, CancellationToken cancellationToken) => throw NoSchedules();

    public ValueTask<bool> PutScheduleAsync(JobSchedule schedule, long expectedRevision, CancellationToken cancellationToken) => throw NoSchedules();

    public ValueTask<bool> RemoveScheduleAsync(string name, CancellationToken cancellationToken) => throw NoSchedules();

    public ValueTask<JobSchedule?> FindScheduleAsync(string name, CancellationToken cancellationToken) => throw NoSchedules();

    public ValueTask<IReadOnlyList<JobSchedule>> ListSchedulesAsync(CancellationToken cancellationToken) => throw NoSchedules();

    public ValueTask<DueSchedules> ListDueSchedulesAsync(int maximum, CancellationToken cancellationToken) => throw NoSchedules();

    public ValueTask<ScheduleFired> FireScheduleAsync(ScheduleFiring firing, CancellationToken cancellationToken) => throw NoSchedules();

    public Task<bool> WaitForSchedulesAsync(TimeSpan timeout, CancellationToken cancellationToken) => throw NoSchedules();

    private static NotSupportedException NoSchedules() => new("The PostgreSQL job store cannot keep schedules.");
}
