using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>The rest of the seam: one line each.</summary>
internal sealed partial class PostgreSqlJobStore
{
    public async ValueTask<IReadOnlyList<bool>> CompleteAsync(IReadOnlyList<JobCompletion> completions, CancellationToken cancellationToken)
        => await EndingAsync(completions.Select(static c => c.Lease.JobId), c => _settler.CompleteAsync(c, completions), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<bool>> RetryAsync(IReadOnlyList<JobRetry> retries, CancellationToken cancellationToken)
        => await WakingAsync(retries.Select(static r => r.Lease.JobId), c => _settler.RetryAsync(c, retries), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<bool>> DeadLetterAsync(IReadOnlyList<JobDeath> deaths, CancellationToken cancellationToken)
        => await EndingAsync(deaths.Select(static d => d.Lease.JobId), c => _settler.DeadLetterAsync(c, deaths), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<bool>> ExtendAsync(IReadOnlyList<JobLease> leases, TimeSpan lease, CancellationToken cancellationToken)
        => await _database.RunAsync(c => _settler.ExtendAsync(c, leases, lease), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<bool>> ReturnAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
        => await WakingAsync(leases.Select(static l => l.JobId), c => _settler.ReturnAsync(c, leases), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<RescuedJob>> RescueAsync(int maximum, CancellationToken cancellationToken)
    {
        List<RescuedJob> rescued = await _database.RunAsync(c => _upkeep.RescueAsync(c, maximum), cancellationToken).ConfigureAwait(false);
        if (rescued.Count > 0)
        {
            Wake();
            _neighbours.Ended(rescued.Select(static r => r.Id));
        }

        return rescued;
    }

    public async ValueTask<IReadOnlyList<JobRevocation>> RevokeAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        JobRevocation[] answers = await _database.RunAsync(c => _control.RevokeAsync(c, ids), cancellationToken).ConfigureAwait(false);
        _neighbours.Ended(ids);
        Wake();
        return answers;
    }

    public async ValueTask<IReadOnlyList<bool>> FindRevokedAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
        => await _database.RunAsync(c => _control.FindRevokedAsync(c, leases), cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> PauseAsync(string queue, CancellationToken cancellationToken)
        => await _database.RunAsync(c => _control.PauseAsync(c, queue), cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> ResumeAsync(string queue, CancellationToken cancellationToken)
    {
        bool resumed = await _database.RunAsync(c => _control.ResumeAsync(c, queue), cancellationToken).ConfigureAwait(false);
        Wake();
        return resumed;
    }

    public async ValueTask<IReadOnlyList<string>> ListPausedAsync(CancellationToken cancellationToken)
        => await _database.RunAsync(_control.ListPausedAsync, cancellationToken).ConfigureAwait(false);

    public async ValueTask<JobInfo?> FindAsync(Guid id, CancellationToken cancellationToken)
        => await _database.RunAsync(c => _reader.FindAsync(c, id), cancellationToken).ConfigureAwait(false);

    public async ValueTask<JobCounts> CountAsync(CancellationToken cancellationToken)
        => await _database.RunAsync(_reader.CountAsync, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<JobInfo>> ListDeadLettersAsync(DeadLetterQuery query, CancellationToken cancellationToken)
        => await _database.RunAsync(c => _reader.ListDeadAsync(c, query), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<bool>> ReplayAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
        => await WakingAsync([], c => _upkeep.ReplayAsync(c, ids), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<bool>> DiscardAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        bool[] answers = await _database.RunAsync(c => _upkeep.DiscardAsync(c, ids), cancellationToken).ConfigureAwait(false);
        _neighbours.Ended(ids);
        return answers;
    }

    public async ValueTask<int> PruneAsync(TimeSpan age, int maximum, CancellationToken cancellationToken)
        => await _database.RunAsync(c => _upkeep.PruneAsync(c, age, maximum), cancellationToken).ConfigureAwait(false);

    private async Task<bool[]> EndingAsync(IEnumerable<Guid> ids, Func<NpgsqlConnection, Task<(bool[] Answers, bool Wakes)>> change, CancellationToken cancellationToken)
    {
        (bool[] answers, bool wakes) = await _database.RunAsync(change, cancellationToken).ConfigureAwait(false);
        _neighbours.Ended(ids);
        if (wakes)
            Wake();
        return answers;
    }

    /// <summary>Makes jobs ready; those of <paramref name="ids"/> that were to be revoked end.</summary>
    private async Task<bool[]> WakingAsync(IEnumerable<Guid> ids, Func<NpgsqlConnection, Task<bool[]>> change, CancellationToken cancellationToken)
    {
        bool[] answers = await _database.RunAsync(change, cancellationToken).ConfigureAwait(false);
        _neighbours.Ended(ids);
        if (Array.Exists(answers, static a => a))
            Wake();
        return answers;
    }
}
