namespace ProDev.Jobs;

/// <summary>Revoking jobs and pausing queues.</summary>
internal sealed partial class MemoryJobStore
{
    public ValueTask<IReadOnlyList<JobRevocation>> RevokeAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var answers = new JobRevocation[ids.Count];
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            for (int i = 0; i < ids.Count; i++)
                answers[i] = Revoke(_table.Find(ids[i]), now);
            _table.CallNext(now);
        }

        _signal.Pulse();
        _ended.Pulse(ids);
        return ValueTask.FromResult<IReadOnlyList<JobRevocation>>(answers);
    }

    public ValueTask<IReadOnlyList<bool>> FindRevokedAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return ValueTask.FromResult<IReadOnlyList<bool>>([.. leases.Select(l => _table.Held(l) is { IsToRevoke: true })]);
    }

    public ValueTask<bool> PauseAsync(string queue, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return ValueTask.FromResult(_table.Pause(queue));
    }

    public ValueTask<bool> ResumeAsync(string queue, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool resumed;
        lock (_lock)
            resumed = _table.Resume(queue);
        _signal.Pulse();
        return ValueTask.FromResult(resumed);
    }

    public ValueTask<IReadOnlyList<string>> ListPausedAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return ValueTask.FromResult<IReadOnlyList<string>>([.. _table.Paused]);
    }

    private JobRevocation Revoke(MemoryJob? job, DateTimeOffset now)
    {
        if (job is { State: JobState.Scheduled or JobState.Queued })
        {
            EndRevoked(job, now);
            return JobRevocation.Revoked;
        }

        if (job is not { State: JobState.Running })
            return JobRevocation.TooLate;
        job.IsToRevoke = true;
        return JobRevocation.Requested;
    }
}
