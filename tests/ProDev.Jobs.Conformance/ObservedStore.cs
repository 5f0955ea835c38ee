using System.Collections.Concurrent;

namespace ProDev.Jobs.Conformance;

/// <summary>Stands between worker and store: remembers the leases that were given, and fails on demand.</summary>
public sealed class ObservedStore(IJobStore inner) : IJobStore, IDisposable
{
    public ConcurrentDictionary<Guid, JobLease> Leases { get; } = new();

    /// <summary>Called with the name of each operation; throws to make it fail.</summary>
    public Action<string> Before { get; set; } = static _ => { };

    /// <summary>Called with the name of an operation after its change is made; throws to lose the answer.</summary>
    public Action<string> After { get; set; } = static _ => { };

    /// <summary>What <see cref="StopFetchingAsync"/> waits for, whatever its token says.</summary>
    public Task WhileStopping { get; set; } = Task.CompletedTask;

    /// <summary>Whether its scheduler believes to lead, whatever the store says.</summary>
    public bool AlwaysLeads { get; init; }

    /// <summary>Whether others use the store, too, so that it is not disposed with this.</summary>
    public bool IsShared { get; init; }

    public IJobStore Inner => inner;

    public JobStoreAbilities Abilities => inner.Abilities;

    public ValueTask OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

    public ValueTask<IReadOnlyList<EnqueuedJob>> EnqueueAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellationToken)
    {
        Before(nameof(EnqueueAsync));
        return inner.EnqueueAsync(jobs, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<LeasedJob>> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        Before(nameof(FetchAsync));
        IReadOnlyList<LeasedJob> jobs = await inner.FetchAsync(request, cancellationToken);
        foreach (LeasedJob job in jobs)
            Leases[job.Lease.JobId] = job.Lease;
        return jobs;
    }

    public Task WaitForWorkAsync(IReadOnlyList<string> queues, TimeSpan timeout, CancellationToken cancellationToken)
        => inner.WaitForWorkAsync(queues, timeout, cancellationToken);

    public async ValueTask StopFetchingAsync(string worker, CancellationToken cancellationToken)
    {
        Before(nameof(StopFetchingAsync));
        await WhileStopping;
        await inner.StopFetchingAsync(worker, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<bool>> CompleteAsync(IReadOnlyList<JobCompletion> completions, CancellationToken cancellationToken)
    {
        Before(nameof(CompleteAsync));
        IReadOnlyList<bool> answers = await inner.CompleteAsync(completions, cancellationToken);
        After(nameof(CompleteAsync));
        return answers;
    }

    public ValueTask<IReadOnlyList<bool>> RetryAsync(IReadOnlyList<JobRetry> retries, CancellationToken cancellationToken)
    {
        Before(nameof(RetryAsync));
        return inner.RetryAsync(retries, cancellationToken);
    }

    public ValueTask<IReadOnlyList<bool>> DeadLetterAsync(IReadOnlyList<JobDeath> deaths, CancellationToken cancellationToken)
    {
        Before(nameof(DeadLetterAsync));
        return inner.DeadLetterAsync(deaths, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<bool>> ExtendAsync(IReadOnlyList<JobLease> leases, TimeSpan lease, CancellationToken cancellationToken)
    {
        Before(nameof(ExtendAsync));
        IReadOnlyList<bool> answers = await inner.ExtendAsync(leases, lease, cancellationToken);
        After(nameof(ExtendAsync));
        return answers;
    }

    public ValueTask<IReadOnlyList<bool>> ReturnAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
    {
        Before(nameof(ReturnAsync));
        return inner.ReturnAsync(leases, cancellationToken);
    }

    public ValueTask<IReadOnlyList<RescuedJob>> RescueAsync(int maximum, CancellationToken cancellationToken)
    {
        Before(nameof(RescueAsync));
        return inner.RescueAsync(maximum, cancellationToken);
    }

    public ValueTask<IReadOnlyList<JobRevocation>> RevokeAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
        => inner.RevokeAsync(ids, cancellationToken);

    public ValueTask<IReadOnlyList<bool>> FindRevokedAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
    {
        Before(nameof(FindRevokedAsync));
        return inner.FindRevokedAsync(leases, cancellationToken);
    }

    public ValueTask<bool> PauseAsync(string queue, CancellationToken cancellationToken) => inner.PauseAsync(queue, cancellationToken);

    public ValueTask<bool> ResumeAsync(string queue, CancellationToken cancellationToken) => inner.ResumeAsync(queue, cancellationToken);

    public ValueTask<IReadOnlyList<string>> ListPausedAsync(CancellationToken cancellationToken) => inner.ListPausedAsync(cancellationToken);

    public Task WaitForEndAsync(Guid? id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Before(nameof(WaitForEndAsync));
        return inner.WaitForEndAsync(id, timeout, cancellationToken);
    }

    public ValueTask<bool> NoteAsync(JobLease lease, string name, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        Before(nameof(NoteAsync));
        return inner.NoteAsync(lease, name, value, cancellationToken);
    }

    public ValueTask<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> ReadNotesAsync(Guid id, CancellationToken cancellationToken)
        => inner.ReadNotesAsync(id, cancellationToken);

    public ValueTask<JobInfo?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        Before(nameof(FindAsync));
        return inner.FindAsync(id, cancellationToken);
    }

    public ValueTask<JobCounts> CountAsync(CancellationToken cancellationToken) => inner.CountAsync(cancellationToken);

    public ValueTask<IReadOnlyList<JobInfo>> ListDeadLettersAsync(DeadLetterQuery query, CancellationToken cancellationToken)
        => inner.ListDeadLettersAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<bool>> ReplayAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
        => inner.ReplayAsync(ids, cancellationToken);

    public ValueTask<IReadOnlyList<bool>> DiscardAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
        => inner.DiscardAsync(ids, cancellationToken);

    public ValueTask<int> PruneAsync(TimeSpan age, int maximum, CancellationToken cancellationToken)
        => inner.PruneAsync(age, maximum, cancellationToken);

    public ValueTask<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken)
    {
        Before(nameof(GetTimeAsync));
        return inner.GetTimeAsync(cancellationToken);
    }

    public ValueTask<bool> TryLeadAsync(string owner, TimeSpan lease, CancellationToken cancellationToken)
    {
        Before(nameof(TryLeadAsync));
        return AlwaysLeads ? ValueTask.FromResult(true) : inner.TryLeadAsync(owner, lease, cancellationToken);
    }

    public ValueTask<bool> PutScheduleAsync(JobSchedule schedule, long expectedRevision, CancellationToken cancellationToken)
    {
        Before(nameof(PutScheduleAsync));
        return inner.PutScheduleAsync(schedule, expectedRevision, cancellationToken);
    }

    public ValueTask<bool> RemoveScheduleAsync(string name, CancellationToken cancellationToken)
    {
        Before(nameof(RemoveScheduleAsync));
        return inner.RemoveScheduleAsync(name, cancellationToken);
    }

    public ValueTask<JobSchedule?> FindScheduleAsync(string name, CancellationToken cancellationToken)
    {
        Before(nameof(FindScheduleAsync));
        return inner.FindScheduleAsync(name, cancellationToken);
    }

    public ValueTask<IReadOnlyList<JobSchedule>> ListSchedulesAsync(CancellationToken cancellationToken)
    {
        Before(nameof(ListSchedulesAsync));
        return inner.ListSchedulesAsync(cancellationToken);
    }

    public ValueTask<DueSchedules> ListDueSchedulesAsync(int maximum, CancellationToken cancellationToken)
    {
        Before(nameof(ListDueSchedulesAsync));
        return inner.ListDueSchedulesAsync(maximum, cancellationToken);
    }

    public ValueTask<ScheduleFired> FireScheduleAsync(ScheduleFiring firing, CancellationToken cancellationToken)
    {
        Before(nameof(FireScheduleAsync));
        return inner.FireScheduleAsync(firing, cancellationToken);
    }

    public Task<bool> WaitForSchedulesAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        Before(nameof(WaitForSchedulesAsync));
        return inner.WaitForSchedulesAsync(timeout, cancellationToken);
    }

    public ValueTask DisposeAsync() => IsShared ? ValueTask.CompletedTask : inner.DisposeAsync();

    public void Dispose()
    {
        if (!IsShared)
            (inner as IDisposable)?.Dispose();
    }
}
