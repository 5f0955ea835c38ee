using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Leases ready jobs. What has become due is made ready first, in the same trip to the database. Jobs with limits need more trips.</summary>
internal sealed class JobClaimer(JobStatements statements, JobClock clock, LimitedClaimer limited, ClaimStart start)
{
    /// <summary>Bounds one statement, so that a million jobs due at once do not become one transaction.</summary>
    private const int MaxPromotions = 1000;

    /// <summary>Ends a claim whose jobs are parked all the time because others are faster.</summary>
    private const int MaxRounds = 100;

    /// <summary>Leases, and says whether jobs were made ready that others may take.</summary>
    public async Task<(List<LeasedJob> Jobs, bool Wakes)> RunAsync(NpgsqlConnection connection, FetchRequest request)
    {
        int called = 0;
        string[] queues = [.. request.Queues];
        var claimed = new List<ClaimedRow>();
        ClaimPlace[]? behind = request.JobIds is null ? start.Of(queues) : null;
        for (int round = 0; round < MaxRounds; round++)
        {
            long asked = TimeProvider.System.GetTimestamp();
            ClaimRound found = await ClaimAsync(connection, request, request.Maximum - claimed.Count, behind).ConfigureAwait(false);
            if (request.JobIds is null)
            {
                // RETURNING promises no order.
                found.Rows.Sort((x, y) => ClaimedRow.InOrder(x, y, queues));
                start.Claimed(found.Rows, behind is not null, TimeProvider.System.GetElapsedTime(asked));
            }

            claimed.AddRange(found.Rows);
            (int calledNow, bool again) = await TryLimitedAsync(connection, request, found, round, claimed).ConfigureAwait(false);
            called += calledNow;
            if (claimed.Count >= request.Maximum || (found.Promoted < MaxPromotions && !again && behind is null))
                break;
            behind = null;
        }

        claimed.Sort((x, y) => ClaimedRow.InOrder(x, y, queues));
        return (claimed.ConvertAll(static r => r.Job), called > 0);
    }

    private async Task<ClaimRound> ClaimAsync(NpgsqlConnection connection, FetchRequest request, int maximum, ClaimPlace[]? behind)
    {
        NpgsqlBatch batch = connection.CreateBatch();
        await using (batch.ConfigureAwait(false))
        {
            NpgsqlBatchCommand promotion = batch.Add(statements.Promote, clock.Now, Parameter.Of(MaxPromotions));
            NpgsqlParameter[] claim =
            [
                clock.Now, Parameter.Of([.. request.Queues]), Parameter.Of(maximum), Parameter.Of(Columns.ToMicroseconds(request.Lease)),
                Parameter.Of(Columns.ToText(request.Worker)),
            ];
            if (request.JobIds is { } ids)
            {
                batch.Add(statements.ClaimNamed, [.. claim, Parameter.Of([.. ids])]);
            }
            else if (behind is not null)
            {
                batch.Add(
                    statements.ClaimBehind,
                    [
                        .. claim, Parameter.Of(Array.ConvertAll(behind, static p => p.Rank)),
                        Parameter.Of(Array.ConvertAll(behind, static p => (DateTime?)p.RunAt)), Parameter.Of(Array.ConvertAll(behind, static p => p.Number)),
                    ]);
            }
            else
            {
                batch.Add(statements.Claim, claim);
            }

            var rows = new List<ClaimedRow>();
            var limitedJobs = new HashSet<long>();
            bool tokensAreDue = false;
            NpgsqlDataReader row = await batch.ExecuteReaderAsync().ConfigureAwait(false);
            await using (row.ConfigureAwait(false))
            {
                while (await row.ReadAsync().ConfigureAwait(false))
                {
                    if (!row.IsDBNull(1))
                        rows.Add(ClaimedRow.Read(row));
                    else if (row.IsDBNull(0))
                        tokensAreDue = true;
                    else
                        limitedJobs.Add(row.GetInt64(0));
                }
            }

            return new ClaimRound((int)promotion.Rows, rows, limitedJobs, tokensAreDue);
        }
    }

    /// <summary>Returns how many jobs were called, and whether it is worth to claim again.</summary>
    private async Task<(int Called, bool Again)> TryLimitedAsync(
        NpgsqlConnection connection, FetchRequest request, ClaimRound found, int round, List<ClaimedRow> claimed)
    {
        try
        {
            int due = found.TokensAreDue ? await limited.CallDueAsync(connection).ConfigureAwait(false) : 0;
            if (found.Limited.Count == 0)
                return (due, due > 0);

            // Who asks for certain jobs does not want to hear of those behind them.
            int ahead = request.JobIds is null ? round : 0;
            (int called, bool again) = await limited.RunAsync(connection, request, found.Limited, ahead, claimed).ConfigureAwait(false);
            return (due + called, again || due > 0);
        }
        catch (Exception e) when (claimed.Count > 0 && PostgreSqlErrors.IsFaultOfTheDatabase(e))
        {
            // What was claimed is leased and must reach its worker. The next claim meets the fault if it lasts.
            return (0, false);
        }
    }

    /// <param name="Promoted">How many jobs have become due.</param>
    /// <param name="Rows">The jobs that were leased.</param>
    /// <param name="Limited">The numbers of jobs with limits that come next.</param>
    /// <param name="TokensAreDue">Whether tokens have come for parked jobs.</param>
    private sealed record ClaimRound(int Promoted, List<ClaimedRow> Rows, IReadOnlyCollection<long> Limited, bool TokensAreDue);
}
