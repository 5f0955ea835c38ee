namespace ProDev.Jobs.Sqlite;

/// <summary>The rest of the seam: one line each, to the writer or to the reader.</summary>
internal sealed partial class SqliteJobStore
{
    public async ValueTask<IReadOnlyList<bool>> CompleteAsync(IReadOnlyList<JobCompletion> completions, CancellationToken cancellationToken)
        => await EndAsync(completions.Select(static c => c.Lease.JobId), w => w.Complete(completions), wakes: completions.Any(static c => c.FollowUp is not null), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<bool>> RetryAsync(IReadOnlyList<JobRetry> retries, CancellationToken cancellationToken)
        => await EndAsync(retries.Select(static r => r.Lease.JobId), w => w.Retry(retries), wakes: true, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<bool>> DeadLetterAsync(IReadOnlyList<JobDeath> deaths, CancellationToken cancellationToken)
        => await EndAsync(deaths.Select(static d => d.Lease.JobId), w => w.DeadLetter(deaths), wakes: deaths.Any(static d => d.FollowUp is not null), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<bool>> ExtendAsync(
        IReadOnlyList<JobLease> leases, TimeSpan lease, CancellationToken cancellationToken)
        => await WriteAsync(w => w.Extend(leases, lease), wakes: false, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<bool>> ReturnAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
        => await EndAsync(leases.Select(static l => l.JobId), w => w.Return(leases), wakes: true, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<RescuedJob>> RescueAsync(int maximum, CancellationToken cancellationToken)
    {
        OpenDatabase database = await OpenedAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (!Read(database, r => r.HasExpired(Now())))
            return [];
        IReadOnlyList<RescuedJob> rescued = await WriteAsync(w => w.Rescue(maximum), wakes: true, cancellationToken).ConfigureAwait(false);
        _ended.Pulse(rescued.Select(static r => r.Id));
        return rescued;
    }

    public async ValueTask<IReadOnlyList<JobRevocation>> RevokeAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
        => await EndAsync(ids, w => w.Revoke(ids), wakes: false, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<bool>> FindRevokedAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
    {
        HashSet<(Guid Id, long Token)> revoked = await ReadAsync(static r => r.ListToRevoke(), cancellationToken).ConfigureAwait(false);
        return [.. leases.Select(l => revoked.Contains((l.JobId, l.Token)))];
    }

    public async ValueTask<bool> PauseAsync(string queue, CancellationToken cancellationToken)
        => await WriteAsync(w => w.Pause(queue, isPaused: true), wakes: false, cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> ResumeAsync(string queue, CancellationToken cancellationToken)
        => await WriteAsync(w => w.Pause(queue, isPaused: false), wakes: true, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<string>> ListPausedAsync(CancellationToken cancellationToken)
        => await ReadAsync(static r => r.ListPaused(), cancellationToken).ConfigureAwait(false);

    public async ValueTask<JobInfo?> FindAsync(Guid id, CancellationToken cancellationToken)
        => await ReadAsync(r => r.Find(id), cancellationToken).ConfigureAwait(false);

    public async ValueTask<JobCounts> CountAsync(CancellationToken cancellationToken)
        => await ReadAsync(static r => r.Count(), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<JobInfo>> ListDeadLettersAsync(DeadLetterQuery query, CancellationToken cancellationToken)
        => await ReadAsync(r => r.ListDead(query), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<bool>> ReplayAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
        => await WriteAsync(w => w.Replay(ids), wakes: true, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<bool>> DiscardAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
        => await EndAsync(ids, w => w.Discard(ids), wakes: false, cancellationToken).ConfigureAwait(false);

    public async ValueTask<int> PruneAsync(TimeSpan age, int maximum, CancellationToken cancellationToken)
        => await WriteAsync(w => w.Prune(age, maximum), wakes: false, cancellationToken).ConfigureAwait(false);

    /// <summary>A change after which these jobs may have ended; revoked ones do when they are handed back, too.</summary>
    private async ValueTask<T> EndAsync<T>(IEnumerable<Guid> ids, Func<SqliteWriter, T> change, bool wakes, CancellationToken cancellationToken)
    {
        T answer = await WriteAsync(change, wakes, cancellationToken).ConfigureAwait(false);
        _ended.Pulse(ids);
        return answer;
    }

    private async ValueTask<T> ReadAsync<T>(Func<SqliteReader, T> query, CancellationToken cancellationToken)
    {
        OpenDatabase database = await OpenedAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return Read(database, query);
    }
}
