namespace ProDev.Jobs.Broker.Tests;

/// <summary>What the store alone can answer.</summary>
internal sealed partial class ComposedJobStore
{
    public async ValueTask<JobInfo?> FindAsync(Guid id, CancellationToken cancellationToken)
        => await store.FindAsync(id, cancellationToken) is { } job ? Carried.Plain(job) : null;

    public async ValueTask<IReadOnlyList<JobInfo>> ListDeadLettersAsync(DeadLetterQuery query, CancellationToken cancellationToken)
        => [.. (await store.ListDeadLettersAsync(query, cancellationToken)).Select(Carried.Plain)];

    /// <summary>Both queues, so that no message leads past the pause.</summary>
    public async ValueTask<bool> PauseAsync(string queue, CancellationToken cancellationToken)
    {
        await store.PauseAsync(Carried.NameOf(queue), cancellationToken);
        return await store.PauseAsync(queue, cancellationToken);
    }

    public async ValueTask<bool> ResumeAsync(string queue, CancellationToken cancellationToken)
    {
        await store.ResumeAsync(Carried.NameOf(queue), cancellationToken);
        bool resumed = await store.ResumeAsync(queue, cancellationToken);
        _window.LookNow();
        return resumed;
    }

    public async ValueTask<IReadOnlyList<string>> ListPausedAsync(CancellationToken cancellationToken)
        => [.. (await store.ListPausedAsync(cancellationToken)).Where(static q => !Carried.Is(q))];

    /// <summary>
    /// The bell that rings first brings the job back if this process dies before the store has replayed it. The one that rings last is for a job that a
    /// worker has replayed by the first one and given up again before the store was asked here.
    /// </summary>
    public async ValueTask<IReadOnlyList<bool>> ReplayAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var dead = new HashSet<Guid>();
        foreach (Guid id in ids)
        {
            if (await store.FindAsync(id, cancellationToken) is not { State: JobState.DeadLettered } job)
                continue;
            dead.Add(id);
            if (Carried.Is(job.Queue))
                await _window.PublishAsync(Carried.Plain(job.Queue), Doorbell.ToReplay(job, Carried.Plain(job.Queue)));
        }

        if (dead.Count > 0)
            await store.ReplayAsync([.. dead], CancellationToken.None);
        foreach (Guid id in dead)
            await RingIfWaitingAsync(id);
        return [.. ids.Select(dead.Contains)];
    }

    public ValueTask<IReadOnlyList<JobRevocation>> RevokeAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
        => store.RevokeAsync(ids, cancellationToken);

    public ValueTask<IReadOnlyList<bool>> FindRevokedAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
        => store.FindRevokedAsync(leases, cancellationToken);

    public Task WaitForEndAsync(Guid? id, TimeSpan timeout, CancellationToken cancellationToken) => store.WaitForEndAsync(id, timeout, cancellationToken);

    public ValueTask<bool> NoteAsync(JobLease lease, string name, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
        => store.NoteAsync(lease, name, value, cancellationToken);

    public ValueTask<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> ReadNotesAsync(Guid id, CancellationToken cancellationToken)
        => store.ReadNotesAsync(id, cancellationToken);

    public ValueTask<JobCounts> CountAsync(CancellationToken cancellationToken) => store.CountAsync(cancellationToken);

    public ValueTask<IReadOnlyList<bool>> DiscardAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
        => store.DiscardAsync(ids, cancellationToken);

    public ValueTask<int> PruneAsync(TimeSpan age, int maximum, CancellationToken cancellationToken)
        => store.PruneAsync(age, maximum, cancellationToken);

    public ValueTask<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken) => store.GetTimeAsync(cancellationToken);

    public ValueTask<bool> TryLeadAsync(string owner, TimeSpan lease, CancellationToken cancellationToken)
        => store.TryLeadAsync(owner, lease, cancellationToken);

    public ValueTask<bool> PutScheduleAsync(JobSchedule schedule, long expectedRevision, CancellationToken cancellationToken)
        => store.PutScheduleAsync(schedule, expectedRevision, cancellationToken);

    public ValueTask<bool> RemoveScheduleAsync(string name, CancellationToken cancellationToken)
        => store.RemoveScheduleAsync(name, cancellationToken);

    public ValueTask<JobSchedule?> FindScheduleAsync(string name, CancellationToken cancellationToken)
        => store.FindScheduleAsync(name, cancellationToken);

    public ValueTask<IReadOnlyList<JobSchedule>> ListSchedulesAsync(CancellationToken cancellationToken)
        => store.ListSchedulesAsync(cancellationToken);

    public ValueTask<DueSchedules> ListDueSchedulesAsync(int maximum, CancellationToken cancellationToken)
        => store.ListDueSchedulesAsync(maximum, cancellationToken);

    public ValueTask<ScheduleFired> FireScheduleAsync(ScheduleFiring firing, CancellationToken cancellationToken)
        => store.FireScheduleAsync(firing, cancellationToken);

    public Task<bool> WaitForSchedulesAsync(TimeSpan timeout, CancellationToken cancellationToken)
        => store.WaitForSchedulesAsync(timeout, cancellationToken);
}
