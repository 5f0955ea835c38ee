using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Starts ready jobs whose limits let them pass, and parks those whose limits do not.</summary>
internal sealed class LimitedClaimer(JobStatements statements, JobClock clock, GateKeeper keeper)
{
    /// <summary>How many of each queue are looked at once it shows that many wait.</summary>
    private const int LookAhead = 500;
    private const int MaxDoublings = 9;

    /// <summary>Calls jobs whose tokens have come. Returns how many.</summary>
    public async Task<int> CallDueAsync(NpgsqlConnection connection)
    {
        NpgsqlTransaction transaction = await LockingTransaction.BeginAsync(connection).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            int called = await keeper.CallDueAsync(connection).ConfigureAwait(false);
            await transaction.CommitAsync().ConfigureAwait(false);
            return called;
        }
    }

    /// <summary>
    /// Starts those of the jobs <paramref name="startable"/> that may start. From the second round of a claim on it looks further ahead, because thousands may wait
    /// that may not start. Returns how many jobs were called, and whether it is worth to claim again.
    /// </summary>
    public async Task<(int Called, bool Again)> RunAsync(
        NpgsqlConnection connection, FetchRequest request, IReadOnlyCollection<long> startable, int round, List<ClaimedRow> claimed)
    {
        NpgsqlTransaction transaction = await LockingTransaction.BeginAsync(connection).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            List<Candidate> candidates = await LookAsync(connection, request, startable, round).ConfigureAwait(false);
            if (candidates.Count == 0)
            {
                // Others were faster and have them now, so the next claim sees what is behind them.
                return (0, true);
            }

            (Dictionary<string, GroupGate> groups, Dictionary<string, BucketGate> buckets) = await keeper.LockAsync(connection, candidates).ConfigureAwait(false);
            var started = new List<long>();
            var parked = new List<(long Number, string Gate)>();
            foreach (Candidate candidate in candidates)
            {
                GroupGate? group = candidate.GroupKey is { } groupKey ? groups[groupKey] : null;
                BucketGate? bucket = candidate.RateKey is { } rateKey ? buckets[rateKey] : null;
                if (group is { IsOpen: false })
                    parked.Add((candidate.Number, group.Name));
                else if (bucket is { IsOpen: false })
                    parked.Add((candidate.Number, bucket.Name));
                else if (startable.Contains(candidate.Number))
                    started.Add(Pass(candidate.Number, group, bucket));
                else
                    Promise(group, bucket);
            }

            NpgsqlBatch batch = connection.CreateBatch();
            await using (batch.ConfigureAwait(false))
            {
                batch.Add(
                    statements.Start, clock.Now, Parameter.Of([.. started]), Parameter.Of(Columns.ToMicroseconds(request.Lease)),
                    Parameter.Of(Columns.ToText(request.Worker)));
                batch.Add(statements.Park, Parameter.Of([.. parked.Select(static p => p.Number)]), Parameter.Of([.. parked.Select(static p => p.Gate)]));
                NpgsqlBatchCommand call = keeper.AddCall(batch, groups.Values, buckets.Values, factor: 1 << Math.Min(round, MaxDoublings));
                var rows = new List<ClaimedRow>();
                NpgsqlDataReader row = await batch.ExecuteReaderAsync().ConfigureAwait(false);
                await using (row.ConfigureAwait(false))
                    rows.AddRange(await row.ReadAllAsync(ClaimedRow.Read).ConfigureAwait(false));
                await transaction.CommitAsync().ConfigureAwait(false);
                claimed.AddRange(rows);
                return ((int)call.Rows, parked.Count > 0 || call.Rows > 0);
            }
        }
    }

    private async Task<List<Candidate>> LookAsync(NpgsqlConnection connection, FetchRequest request, IReadOnlyCollection<long> startable, int round)
    {
        List<Candidate> candidates = await connection.ReadAsync(
            statements.LookAt, [Parameter.Of([.. startable])], Candidate.Read).ConfigureAwait(false);
        string[] queues = [.. request.Queues];
        if (round > 0)
        {
            var known = new HashSet<long>(candidates.Select(static c => c.Number));
            candidates.AddRange((await connection.ReadAsync(
                statements.LookAtNext, [Parameter.Of(queues), Parameter.Of(LookAhead)], Candidate.Read).ConfigureAwait(false)).Where(c => known.Add(c.Number)));
        }

        candidates.Sort((x, y) => Candidate.InOrder(x, y, queues));
        return candidates;
    }

    private static long Pass(long number, GroupGate? group, BucketGate? bucket)
    {
        group?.Pass();
        bucket?.Pass();
        return number;
    }

    private static void Promise(GroupGate? group, BucketGate? bucket)
    {
        group?.Promise();
        bucket?.Promise();
    }
}
