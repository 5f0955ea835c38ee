namespace ProDev.Jobs.Broker.Tests;

/// <summary>What a broker cannot do. The core refuses these calls before they get here.</summary>
internal sealed partial class BrokerJobStore
{
    public ValueTask<IReadOnlyList<JobRevocation>> RevokeAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken) => throw NotAble("revoke jobs");

    public ValueTask<IReadOnlyList<bool>> FindRevokedAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken) => throw NotAble("revoke jobs");

    public ValueTask<bool> PauseAsync(string queue, CancellationToken cancellationToken) => throw NotAble("pause queues");

    public ValueTask<bool> ResumeAsync(string queue, CancellationToken cancellationToken) => throw NotAble("pause queues");

    public ValueTask<IReadOnlyList<string>> ListPausedAsync(CancellationToken cancellationToken) => throw NotAble("pause queues");

    public Task WaitForEndAsync(Guid? id, TimeSpan timeout, CancellationToken cancellationToken) => throw NotAble("keep results");

    public ValueTask<bool> NoteAsync(JobLease lease, string name, ReadOnlyMemory<byte> value, CancellationToken cancellationToken) => throw NotAble("keep progress and steps");

    public ValueTask<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> ReadNotesAsync(Guid id, CancellationToken cancellationToken) => throw NotAble("keep progress and steps");

    public ValueTask<JobInfo?> FindAsync(Guid id, CancellationToken cancellationToken) => throw NotAble("be queried");

    public ValueTask<JobCounts> CountAsync(CancellationToken cancellationToken) => throw NotAble("be queried");

    public ValueTask<IReadOnlyList<JobInfo>> ListDeadLettersAsync(DeadLetterQuery query, CancellationToken cancellationToken) => throw NotAble("be queried");

    public ValueTask<IReadOnlyList<bool>> ReplayAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken) => throw NotAble("be queried");

    public ValueTask<IReadOnlyList<bool>> DiscardAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken) => throw NotAble("be queried");

    public ValueTask<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken) => throw NotAble("keep schedules");

    public ValueTask<bool> TryLeadAsync(string owner, TimeSpan lease, CancellationToken cancellationToken) => throw NotAble("keep schedules");

    public ValueTask<bool> PutScheduleAsync(JobSchedule schedule, long expectedRevision, CancellationToken cancellationToken) => throw NotAble("keep schedules");

    public ValueTask<bool> RemoveScheduleAsync(string name, CancellationToken cancellationToken) => throw NotAble("keep schedules");

    public ValueTask<JobSchedule?> FindScheduleAsync(string name, CancellationToken cancellationToken) => throw NotAble("keep schedules");

    public ValueTask<IReadOnlyList<JobSchedule>> ListSchedulesAsync(CancellationToken cancellationToken) => throw NotAble("keep schedules");

    public ValueTask<DueSchedules> ListDueSchedulesAsync(int maximum, CancellationToken cancellationToken) => throw NotAble("keep schedules");

    public ValueTask<ScheduleFired> FireScheduleAsync(ScheduleFiring firing, CancellationToken cancellationToken) => throw NotAble("keep schedules");

    public Task<bool> WaitForSchedulesAsync(TimeSpan timeout, CancellationToken cancellationToken) => throw NotAble("keep schedules");

    private static NotSupportedException NotAble(string what) => new($"A broker alone cannot {what}.");
}
