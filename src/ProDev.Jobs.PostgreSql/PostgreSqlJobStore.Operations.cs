using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>The rest of the seam: one line each.</summary>
internal sealed partial class PostgreSqlJobStore
{
    public async ValueTask<IReadOnlyList<bool>> CompleteAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
        => await _database.RunAsync(c => _settler.CompleteAsync(c, leases), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<bool>> RetryAsync(IReadOnlyList<JobRetry> retries, CancellationToken cancellationToken)
        => await WakingAsync(c => _settler.RetryAsync(c, retries), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<bool>> DeadLetterAsync(IReadOnlyList<JobDeath> deaths, CancellationToken cancellationToken)
        => await _database.RunAsync(c => _settler.DeadLetterAsync(c, deaths), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<bool>> ExtendAsync(IReadOnlyList<JobLease> leases, TimeSpan lease, CancellationToken cancellationToken)
        => await _database.RunAsync(c => _settler.ExtendAsync(c, leases, lease), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<bool>> ReturnAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
        => await WakingAsync(c => _settler.ReturnAsync(c, leases), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<RescuedJob>> RescueAsync(int maximum, CancellationToken cancellationToken)
    {
        List<RescuedJob> rescued = await _database.RunAsync(c => _upkeep.RescueAsync(c, maximum), cancellationToken).ConfigureAwait(false);
        if (rescued.Count > 0)
            Wake();
        return rescued;
    }

    public async ValueTask<JobInfo?> FindAsync(Guid id, CancellationToken cancellationToken)
        => await _database.RunAsync(c => _reader.FindAsync(c, id), cancellationToken).ConfigureAwait(false);

    public async ValueTask<JobCounts> CountAsync(CancellationToken cancellationToken)
        => await _database.RunAsync(_reader.CountAsync, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<JobInfo>> ListDeadLettersAsync(DeadLetterQuery query, CancellationToken cancellationToken)
        => await _database.RunAsync(c => _reader.ListDeadAsync(c, query), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<bool>> ReplayAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
        => await WakingAsync(c => _upkeep.ReplayAsync(c, ids), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<bool>> DiscardAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
        => await _database.RunAsync(c => _upkeep.DiscardAsync(c, ids), cancellationToken).ConfigureAwait(false);

    public async ValueTask<int> PruneAsync(TimeSpan age, int maximum, CancellationToken cancellationToken)
        => await _database.RunAsync(c => _upkeep.PruneAsync(c, age, maximum), cancellationToken).ConfigureAwait(false);

    private async Task<bool[]> WakingAsync(Func<NpgsqlConnection, Task<bool[]>> change, CancellationToken cancellationToken)
    {
        bool[] answers = await _database.RunAsync(change, cancellationToken).ConfigureAwait(false);
        if (Array.Exists(answers, static a => a))
            Wake();
        return answers;
    }
}
