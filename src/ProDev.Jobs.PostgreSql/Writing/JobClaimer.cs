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
        string[] queues = [.. request.Queues];
        var claim = new Claim(request, queues, request.JobIds is null ? start.Of(queues) : null);
        try
        {
            while (claim.Rounds < MaxRounds && await RunRoundAsync(connection, claim).ConfigureAwait(false))
            {
            }
        }
        catch (Exception e) when (claim.Rows.Count > 0 && IsFaultOfTheConnection(e))
        {
            // What was claimed is leased and must reach its worker. The next claim meets the fault if it lasts.
        }

        claim.Rows.Sort((x, y) => ClaimedRow.InOrder(x, y, queues));
        return (claim.Rows.ConvertAll(static r => r.Job), claim.Called > 0);
    }

    /// <summary>A connection that was lost says so by an exception of its own to whoever uses it again.</summary>
    private static bool IsFaultOfTheConnection(Exception error) => error is InvalidOperationException || PostgreSqlErrors.IsFaultOfTheDatabase(error);

    /// <summary>Returns whether it is worth to claim again.</summary>
    private async Task<bool> RunRoundAsync(NpgsqlConnection connection, Claim claim)
    {
        ClaimPlace[]? behind = claim.Behind;
        long asked = TimeProvider.System.GetTimestamp();
        ClaimRound found = await ClaimAsync(connection, claim.Request, claim.Missing, behind).ConfigureAwait(false);
        claim.Rows.AddRange(found.Rows);
        if (claim.Request.JobIds is null)
        {
            // RETURNING promises no order.
            found.Rows.Sort((x, y) => ClaimedRow.InOrder(x, y, claim.Queues));
            start.Claimed(found.Rows, behind is not null, TimeProvider.System.GetElapsedTime(asked));
        }

        // Of jobs with limits the front must be seen: those behind it would start out of turn. The next round sees it.
        IReadOnlyCollection<long> startable = behind is null ? found.Limited : [];
        bool again = await TryLimitedAsync(connection, claim, startable, found.TokensAreDue).ConfigureAwait(false);
        claim.Rounds++;
        claim.Behind = null;
        return claim.Missing > 0 && (found.Promoted >= MaxPromotions || again || behind is not null);
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

    /// <summary>Returns whether it is worth to claim again.</summary>
    private async Task<bool> TryLimitedAsync(NpgsqlConnection connection, Claim claim, IReadOnlyCollection<long> startable, bool tokensAreDue)
    {
        int due = tokensAreDue ? await limited.CallDueAsync(connection).ConfigureAwait(false) : 0;
        claim.Called += due;
        if (startable.Count == 0)
            return due > 0;

        // Who asks for certain jobs does not want to hear of those behind them.
        int ahead = claim.Request.JobIds is null ? claim.Rounds : 0;
        (int called, bool again) = await limited.RunAsync(connection, claim.Request, startable, ahead, claim.Rows).ConfigureAwait(false);
        claim.Called += called;
        return again || due > 0;
    }

    /// <summary>How far a claim has come.</summary>
    private sealed class Claim(FetchRequest request, string[] queues, ClaimPlace[]? behind)
    {
        public FetchRequest Request => request;

        public string[] Queues => queues;

        /// <summary>Where the next round begins; null for the front.</summary>
        public ClaimPlace[]? Behind { get; set; } = behind;

        /// <summary>What is leased already.</summary>
        public List<ClaimedRow> Rows { get; } = [];

        public int Missing => request.Maximum - Rows.Count;

        public int Rounds { get; set; }

        /// <summary>How many jobs were made ready that others may take.</summary>
        public int Called { get; set; }
    }

    /// <param name="Promoted">How many jobs have become due.</param>
    /// <param name="Rows">The jobs that were leased.</param>
    /// <param name="Limited">The numbers of jobs with limits that come next.</param>
    /// <param name="TokensAreDue">Whether tokens have come for parked jobs.</param>
    private sealed record ClaimRound(int Promoted, List<ClaimedRow> Rows, IReadOnlyCollection<long> Limited, bool TokensAreDue);
}
