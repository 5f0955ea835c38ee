using Npgsql;
using ProDev.Shared.Leases;

namespace ProDev.Jobs.PostgreSql;

/// <summary>What becomes of leased jobs: one statement for all of a call. Every statement asks for the latest token, so a late worker changes nothing.</summary>
internal sealed class JobSettler(JobStatements statements, JobClock clock, JobFollower follower)
{
    /// <summary>Answers, and whether jobs follow or get a place.</summary>
    public async Task<(bool[] Answers, bool Wakes)> CompleteAsync(NpgsqlConnection connection, IReadOnlyList<JobCompletion> completions)
    {
        Task<Settled> Settle() => SettleAsync(connection, statements.Complete, completions, static c => c.Lease, static sorted =>
        [
            Parameter.Of(Array.ConvertAll(sorted, static c => c.Result?.ToArray())),
            Parameter.Of(Array.ConvertAll(sorted, static c => c.IsRevoked)),
        ]);

        // The usual case is one statement and no transaction.
        return completions.All(static c => c.FollowUp is null && !Receipts.HasGroup(c.Lease))
            ? ((await Settle().ConfigureAwait(false)).Answers, false)
            : await follower.FollowedAsync(connection, async () => (await Settle().ConfigureAwait(false)).With(completions, static c => c.FollowUp)).ConfigureAwait(false);
    }

    public Task<bool[]> ReturnAsync(NpgsqlConnection connection, IReadOnlyList<JobLease> leases)
        => follower.EndingAsync(connection, async () => (await SettleAsync(connection, statements.Return, leases, static l => l).ConfigureAwait(false)).WithRevoked());

    public async Task<bool[]> ExtendAsync(NpgsqlConnection connection, IReadOnlyList<JobLease> leases, TimeSpan lease)
        => (await SettleAsync(connection, statements.Extend, leases, static l => l, _ => [Parameter.Of(Columns.ToMicroseconds(lease))]).ConfigureAwait(false)).Answers;

    public Task<bool[]> RetryAsync(NpgsqlConnection connection, IReadOnlyList<JobRetry> retries)
        => follower.EndingAsync(connection, async () => (await SettleAsync(connection, statements.Retry, retries, static r => r.Lease, static sorted =>
        [
            Parameter.Of(Array.ConvertAll(sorted, static r => Columns.ToMicroseconds(r.Delay))),
            Parameter.Of(Array.ConvertAll(sorted, static r => Columns.ToText(r.Error))),
            Parameter.Of(Array.ConvertAll(sorted, static r => r.IsUncharged)),
        ]).ConfigureAwait(false)).WithRevoked());

    /// <summary>Answers, and whether jobs follow or get a place.</summary>
    public Task<(bool[] Answers, bool Wakes)> DeadLetterAsync(NpgsqlConnection connection, IReadOnlyList<JobDeath> deaths)
        => follower.FollowedAsync(connection, async () => (await SettleAsync(connection, statements.DeadLetter, deaths, static d => d.Lease, static sorted =>
        [
            Parameter.Of(Array.ConvertAll(sorted, static d => (short)d.Reason)),
            Parameter.Of(Array.ConvertAll(sorted, static d => Columns.ToText(d.Error))),
        ]).ConfigureAwait(false)).With(deaths, static d => d.FollowUp));

    private async Task<Settled> SettleAsync<T>(
        NpgsqlConnection connection, string sql, IReadOnlyList<T> items, Func<T, JobLease> leaseOf, Func<T[], NpgsqlParameter[]>? more = null)
    {
        T[] sorted = InOrder(items, leaseOf);
        NpgsqlParameter[] parameters =
        [
            clock.Now,
            Parameter.Of(Array.ConvertAll(sorted, i => Receipts.NumberOf(leaseOf(i)))),
            Parameter.Of(Array.ConvertAll(sorted, i => leaseOf(i).Token)),
            .. more?.Invoke(sorted) ?? [],
        ];
        var held = new Dictionary<(long, long), SettledJob>();
        foreach (SettledJob job in await connection.ReadAsync(sql, parameters, SettledJob.Read).ConfigureAwait(false))
            held.Add((job.Number, job.Token), job);

        // Taken out when found: of the same lease given twice, only the first was held.
        return new Settled([.. items.Select(i => held.Remove((Receipts.NumberOf(leaseOf(i)), leaseOf(i).Token), out SettledJob job) ? job : default(SettledJob?))]);
    }

    /// <summary>In the order in which rows are locked, each lease once.</summary>
    private static T[] InOrder<T>(IReadOnlyList<T> items, Func<T, JobLease> leaseOf)
    {
        var sorted = new List<T>(items.Count);
        foreach (T item in items.OrderBy(i => Receipts.NumberOf(leaseOf(i))).ThenBy(i => leaseOf(i).Token))
        {
            if (sorted.Count == 0 || leaseOf(sorted[^1]) != leaseOf(item))
                sorted.Add(item);
        }

        return [.. sorted];
    }
}
