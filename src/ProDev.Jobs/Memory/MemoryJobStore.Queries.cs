namespace ProDev.Jobs;

/// <summary>Queries and housekeeping.</summary>
internal sealed partial class MemoryJobStore
{
    public ValueTask<JobInfo?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return ValueTask.FromResult(_table.Find(id)?.ToInfo());
    }

    public ValueTask<JobCounts> CountAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return ValueTask.FromResult(_table.Count());
    }

    public ValueTask<IReadOnlyList<JobInfo>> ListDeadLettersAsync(DeadLetterQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            IReadOnlyList<JobInfo> page =
            [
                .. _table.Dead
                    .Where(j => query.After is not { } after || j.Id.CompareTo(after) > 0)
                    .Where(j => query.Name is null || query.Name == j.Name)
                    .Where(j => query.Reason is null || query.Reason == j.Reason)
                    .Take(query.Take)
                    .Select(j => j.ToInfo()),
            ];
            return ValueTask.FromResult(page);
        }
    }

    public ValueTask<IReadOnlyList<bool>> ReplayAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
        => ChangeDead(ids, job =>
        {
            job.Attempt = 0;
            job.Reason = null;
            job.FinishedAt = null;
            job.IsToRevoke = false;
            _table.Move(job, JobState.Queued, time.GetUtcNow());
        }, cancellationToken);

    public ValueTask<IReadOnlyList<bool>> DiscardAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
        => ChangeDead(ids, job =>
        {
            _table.RemoveDead(job);
            Follow(JobFollowUp.WithoutResult(job.Envelope!), time.GetUtcNow());
        }, cancellationToken);

    public ValueTask<int> PruneAsync(TimeSpan age, int maximum, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int pruned = 0;
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            while (pruned < maximum && _table.OldestEnded() is { } job && now - job.FinishedAt >= age)
            {
                _table.RemoveOldestEnded();
                pruned++;
            }
        }

        return ValueTask.FromResult(pruned);
    }

    private ValueTask<IReadOnlyList<bool>> ChangeDead(
        IReadOnlyList<Guid> ids, Action<MemoryJob> change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var answers = new bool[ids.Count];
        lock (_lock)
        {
            for (int i = 0; i < ids.Count; i++)
            {
                if (_table.Find(ids[i]) is not { State: JobState.DeadLettered } job)
                    continue;
                change(job);
                answers[i] = true;
            }
        }

        _signal.Pulse();
        _ended.Pulse(ids);
        return ValueTask.FromResult<IReadOnlyList<bool>>(answers);
    }
}
