using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Leases ready jobs. What has become due is made ready first, in the same trip to the database.</summary>
internal sealed class JobClaimer(JobStatements statements, JobClock clock, ClaimStart start)
{
    /// <summary>Bounds one statement, so that a million jobs due at once do not become one transaction.</summary>
    private const int MaxPromotions = 1000;

    public async Task<List<LeasedJob>> RunAsync(NpgsqlConnection connection, FetchRequest request)
    {
        string[] queues = [.. request.Queues];
        var claimed = new List<ClaimedRow>();
        (ClaimPlace[] places, bool isAhead) = start.Of(queues);
        while (true)
        {
            long asked = TimeProvider.System.GetTimestamp();
            (int promoted, List<ClaimedRow> rows) = await ClaimAsync(connection, request, request.Maximum - claimed.Count, places).ConfigureAwait(false);

            // RETURNING promises no order.
            rows.Sort((x, y) => ClaimedRow.InOrder(x, y, queues));
            start.Claimed(rows, isAhead, TimeProvider.System.GetElapsedTime(asked));
            claimed.AddRange(rows);
            if (claimed.Count >= request.Maximum || (promoted < MaxPromotions && !isAhead))
                break;
            Array.Fill(places, ClaimPlace.Front);
            isAhead = false;
        }

        claimed.Sort((x, y) => ClaimedRow.InOrder(x, y, queues));
        return claimed.ConvertAll(static r => r.Job);
    }

    private async Task<(int Promoted, List<ClaimedRow> Rows)> ClaimAsync(
        NpgsqlConnection connection, FetchRequest request, int maximum, ClaimPlace[] places)
    {
        NpgsqlBatch batch = connection.CreateBatch();
        await using (batch.ConfigureAwait(false))
        {
            NpgsqlBatchCommand promotion = batch.Add(statements.Promote, clock.Now, Parameter.Of(MaxPromotions));
            batch.Add(
                statements.Claim, clock.Now, Parameter.Of([.. request.Queues]), Parameter.Of(maximum),
                Parameter.Of(Columns.ToMicroseconds(request.Lease)), Parameter.Of(Columns.ToText(request.Worker)),
                Parameter.Of(Array.ConvertAll(places, static p => p.Rank)), Parameter.Of(Array.ConvertAll(places, static p => (DateTime?)p.RunAt)),
                Parameter.Of(Array.ConvertAll(places, static p => p.Number)));
            NpgsqlDataReader row = await batch.ExecuteReaderAsync().ConfigureAwait(false);
            await using (row.ConfigureAwait(false))
            {
                List<ClaimedRow> rows = await row.ReadAllAsync(ClaimedRow.Read).ConfigureAwait(false);
                return ((int)promotion.Rows, rows);
            }
        }
    }
}
