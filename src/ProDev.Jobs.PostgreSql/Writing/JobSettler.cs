using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>What becomes of leased jobs: one statement for all of a call. Every statement asks for the latest token, so a late worker changes nothing.</summary>
internal sealed class JobSettler(JobStatements statements, JobClock clock, JobFollower follower, GateKeeper keeper)
{
    /// <summary>Answers, and whether jobs follow or get a place.</summary>
    public Task<(bool[] Answers, bool Wakes)> CompleteAsync(NpgsqlConnection connection, IReadOnlyList<JobCompletion> completions)
        => EndAsync(connection, completions, static c => c.Lease, static c => c.FollowUp, () => SettleAsync(
            connection, statements.Complete, completions, static c => c.Lease, static sorted =>
            [
                Parameter.Of(Array.ConvertAll(sorted, static c => c.Result?.ToArray())),
                Parameter.Of(Array.ConvertAll(sorted, static c => c.IsRevoked)),
            ]));

    public async Task<bool[]> ReturnAsync(NpgsqlConnection connection, IReadOnlyList<JobLease> leases)
        => (await EndAsync(
            connection, leases, static l => l, static _ => null,
            () => SettleAsync(connection, statements.Return, leases, static l => l)).ConfigureAwait(false)).Answers;

    public async Task<bool[]> ExtendAsync(NpgsqlConnection connection, IReadOnlyList<JobLease> leases, TimeSpan lease)
        => (await SettleAsync(
            connection, statements.Extend, leases, static l => l, _ => [Parameter.Of(Columns.ToMicroseconds(lease))]).ConfigureAwait(false)).Answers;

    public async Task<bool[]> RetryAsync(NpgsqlConnection connection, IReadOnlyList<JobRetry> retries)
        => (await EndAsync(connection, retries, static r => r.Lease, static _ => null, () => SettleAsync(connection, statements.Retry, retries, static r => r.Lease, static sorted =>
        [
            Parameter.Of(Array.ConvertAll(sorted, static r => Columns.ToMicroseconds(r.Delay))),
            Parameter.Of(Array.ConvertAll(sorted, static r => Columns.ToText(r.Error))),
            Parameter.Of(Array.ConvertAll(sorted, static r => r.IsUncharged)),
        ])).ConfigureAwait(false)).Answers;

    /// <summary>Answers, and whether jobs follow or get a place.</summary>
    public Task<(bool[] Answers, bool Wakes)> DeadLetterAsync(NpgsqlConnection connection, IReadOnlyList<JobDeath> deaths)
        => EndAsync(connection, deaths, static d => d.Lease, static d => d.FollowUp, () => SettleAsync(
            connection, statements.DeadLetter, deaths, static d => d.Lease, static sorted =>
            [
                Parameter.Of(Array.ConvertAll(sorted, static d => (short)d.Reason)),
                Parameter.Of(Array.ConvertAll(sorted, static d => Columns.ToText(d.Error))),
            ]));

    /// <summary>
    /// One statement if nothing follows and no job has a group; otherwise a transaction with what follows the jobs whose leases were held, and with those
    /// that get their places.
    /// </summary>
    private async Task<(bool[] Answers, bool Wakes)> EndAsync<T>(
        NpgsqlConnection connection, IReadOnlyList<T> items, Func<T, JobLease> leaseOf, Func<T, JobFollowUp?> followUpOf,
        Func<Task<(bool[] Answers, string[] Groups)>> settle)
    {
        JobFollowUp?[] followUps = [.. items.Select(followUpOf)];
        if (Array.TrueForAll(followUps, static f => f is null) && !items.Any(i => Receipts.HasGroup(leaseOf(i))))
            return ((await settle().ConfigureAwait(false)).Answers, false);
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            (bool[] answers, string[] groups) = await settle().ConfigureAwait(false);
            bool wakes = await follower
                .FollowAsync(connection, followUps.Where((f, i) => f is not null && answers[i]).Select(static f => f!)).ConfigureAwait(false);
            wakes |= await keeper.LeftAsync(connection, groups).ConfigureAwait(false) > 0;
            await transaction.CommitAsync().ConfigureAwait(false);
            return (answers, wakes);
        }
    }

    private async Task<(bool[] Answers, string[] Groups)> SettleAsync<T>(
        NpgsqlConnection connection, string sql, IReadOnlyList<T> items, Func<T, JobLease> leaseOf, Func<T[], NpgsqlParameter[]>? more = null)
    {
        // In one order, so that two calls about the same jobs rarely wait for each other in a circle.
        T[] sorted = [.. items.OrderBy(i => Receipts.NumberOf(leaseOf(i)))];
        NpgsqlParameter[] parameters =
        [
            clock.Now,
            Parameter.Of(Array.ConvertAll(sorted, i => Receipts.NumberOf(leaseOf(i)))),
            Parameter.Of(Array.ConvertAll(sorted, i => leaseOf(i).Token)),
            .. more?.Invoke(sorted) ?? [],
        ];
        List<(long Number, long Token, string? Group)> rows = await connection.ReadAsync(
            sql, parameters, static r => (r.GetInt64(0), r.GetInt64(1), Columns.ReadTextOrNull(r, 2))).ConfigureAwait(false);

        // Taken out when found: of the same lease given twice, only the first was held.
        var held = new HashSet<(long, long)>(rows.Select(static r => (r.Number, r.Token)));
        bool[] answers = [.. items.Select(i => held.Remove((Receipts.NumberOf(leaseOf(i)), leaseOf(i).Token)))];
        return (answers, [.. rows.Select(static r => r.Group).OfType<string>()]);
    }
}
