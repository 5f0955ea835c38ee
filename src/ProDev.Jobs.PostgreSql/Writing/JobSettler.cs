using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>What becomes of leased jobs: one statement for all of a call. Every statement asks for the latest token, so a late worker changes nothing.</summary>
internal sealed class JobSettler(JobStatements statements, JobClock clock, JobFollower follower)
{
    /// <summary>Answers, and whether jobs follow.</summary>
    public Task<(bool[] Answers, bool Follows)> CompleteAsync(NpgsqlConnection connection, IReadOnlyList<JobCompletion> completions)
        => EndAsync(connection, completions, static c => c.FollowUp, () => SettleAsync(
            connection, statements.Complete, completions, static c => c.Lease, static sorted =>
            [
                Parameter.Of(Array.ConvertAll(sorted, static c => c.Result?.ToArray())),
                Parameter.Of(Array.ConvertAll(sorted, static c => c.IsRevoked)),
            ]));

    public Task<bool[]> ReturnAsync(NpgsqlConnection connection, IReadOnlyList<JobLease> leases)
        => SettleAsync(connection, statements.Return, leases, static l => l);

    public Task<bool[]> ExtendAsync(NpgsqlConnection connection, IReadOnlyList<JobLease> leases, TimeSpan lease)
        => SettleAsync(connection, statements.Extend, leases, static l => l, _ => [Parameter.Of(Columns.ToMicroseconds(lease))]);

    public Task<bool[]> RetryAsync(NpgsqlConnection connection, IReadOnlyList<JobRetry> retries)
        => SettleAsync(connection, statements.Retry, retries, static r => r.Lease, static sorted =>
        [
            Parameter.Of(Array.ConvertAll(sorted, static r => Columns.ToMicroseconds(r.Delay))),
            Parameter.Of(Array.ConvertAll(sorted, static r => Columns.ToText(r.Error))),
            Parameter.Of(Array.ConvertAll(sorted, static r => r.IsUncharged)),
        ]);

    /// <summary>Answers, and whether jobs follow.</summary>
    public Task<(bool[] Answers, bool Follows)> DeadLetterAsync(NpgsqlConnection connection, IReadOnlyList<JobDeath> deaths)
        => EndAsync(connection, deaths, static d => d.FollowUp, () => SettleAsync(
            connection, statements.DeadLetter, deaths, static d => d.Lease, static sorted =>
            [
                Parameter.Of(Array.ConvertAll(sorted, static d => (short)d.Reason)),
                Parameter.Of(Array.ConvertAll(sorted, static d => Columns.ToText(d.Error))),
            ]));

    /// <summary>One statement if nothing follows; otherwise a transaction with what follows the jobs whose leases were held.</summary>
    private async Task<(bool[] Answers, bool Follows)> EndAsync<T>(
        NpgsqlConnection connection, IReadOnlyList<T> items, Func<T, JobFollowUp?> followUpOf, Func<Task<bool[]>> settle)
    {
        JobFollowUp?[] followUps = [.. items.Select(followUpOf)];
        if (Array.TrueForAll(followUps, static f => f is null))
            return (await settle().ConfigureAwait(false), false);
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            bool[] answers = await settle().ConfigureAwait(false);
            bool follows = await follower
                .FollowAsync(connection, followUps.Where((f, i) => f is not null && answers[i]).Select(static f => f!)).ConfigureAwait(false);
            await transaction.CommitAsync().ConfigureAwait(false);
            return (answers, follows);
        }
    }

    private async Task<bool[]> SettleAsync<T>(
        NpgsqlConnection connection, string sql, IReadOnlyList<T> items, Func<T, JobLease> leaseOf, Func<T[], NpgsqlParameter[]>? more = null)
    {
        T[] sorted = InOrder(items, leaseOf);
        NpgsqlParameter[] parameters =
        [
            clock.Now,
            Parameter.Of(Array.ConvertAll(sorted, i => leaseOf(i).Receipt)),
            Parameter.Of(Array.ConvertAll(sorted, i => leaseOf(i).Token)),
            .. more?.Invoke(sorted) ?? [],
        ];
        List<(long, long)> rows = await connection.ReadAsync(sql, parameters, static r => (r.GetInt64(0), r.GetInt64(1))).ConfigureAwait(false);

        // Taken out when found: of the same lease given twice, only the first was held.
        var held = new HashSet<(long, long)>(rows);
        return [.. items.Select(i => held.Remove((leaseOf(i).Receipt, leaseOf(i).Token)))];
    }

    /// <summary>In the order in which rows are locked, each lease once.</summary>
    private static T[] InOrder<T>(IReadOnlyList<T> items, Func<T, JobLease> leaseOf)
    {
        var sorted = new List<T>(items.Count);
        foreach (T item in items.OrderBy(i => leaseOf(i).Receipt).ThenBy(i => leaseOf(i).Token))
        {
            if (sorted.Count == 0 || leaseOf(sorted[^1]) != leaseOf(item))
                sorted.Add(item);
        }

        return [.. sorted];
    }
}
