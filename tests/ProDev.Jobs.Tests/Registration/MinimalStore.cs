namespace ProDev.Jobs.Tests;

/// <summary>A store without any ability; no call may reach it.</summary>
internal sealed class MinimalStore : IJobStore
{
    public JobStoreAbilities Abilities => JobStoreAbilities.None;

    public ValueTask OpenAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<IReadOnlyList<EnqueuedJob>> EnqueueAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<IReadOnlyList<LeasedJob>> FetchAsync(FetchRequest request, CancellationToken cancellationToken) => throw Reached();

    public Task WaitForWorkAsync(IReadOnlyList<string> queues, TimeSpan timeout, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<IReadOnlyList<bool>> CompleteAsync(IReadOnlyList<JobCompletion> completions, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<IReadOnlyList<bool>> RetryAsync(IReadOnlyList<JobRetry> retries, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<IReadOnlyList<bool>> DeadLetterAsync(IReadOnlyList<JobDeath> deaths, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<IReadOnlyList<bool>> ExtendAsync(IReadOnlyList<JobLease> leases, TimeSpan lease, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<IReadOnlyList<bool>> ReturnAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<IReadOnlyList<RescuedJob>> RescueAsync(int maximum, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<IReadOnlyList<JobRevocation>> RevokeAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<IReadOnlyList<bool>> FindRevokedAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<bool> PauseAsync(string queue, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<bool> ResumeAsync(string queue, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<IReadOnlyList<string>> ListPausedAsync(CancellationToken cancellationToken) => throw Reached();

    public Task WaitForEndAsync(Guid? id, TimeSpan timeout, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<bool> NoteAsync(JobLease lease, string name, ReadOnlyMemory<byte> value, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> ReadNotesAsync(Guid id, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<JobInfo?> FindAsync(Guid id, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<JobCounts> CountAsync(CancellationToken cancellationToken) => throw Reached();

    public ValueTask<IReadOnlyList<JobInfo>> ListDeadLettersAsync(DeadLetterQuery query, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<IReadOnlyList<bool>> ReplayAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<IReadOnlyList<bool>> DiscardAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<int> PruneAsync(TimeSpan age, int maximum, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken) => throw Reached();

    public ValueTask<bool> TryLeadAsync(string owner, TimeSpan lease, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<bool> PutScheduleAsync(JobSchedule schedule, long expectedRevision, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<bool> RemoveScheduleAsync(string name, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<JobSchedule?> FindScheduleAsync(string name, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<IReadOnlyList<JobSchedule>> ListSchedulesAsync(CancellationToken cancellationToken) => throw Reached();

    public ValueTask<DueSchedules> ListDueSchedulesAsync(int maximum, CancellationToken cancellationToken) => throw Reached();

    public ValueTask<ScheduleFired> FireScheduleAsync(ScheduleFiring firing, CancellationToken cancellationToken) => throw Reached();

    public Task<bool> WaitForSchedulesAsync(TimeSpan timeout, CancellationToken cancellationToken) => throw Reached();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static InvalidOperationException Reached() => new("The core should have refused this call.");
}
