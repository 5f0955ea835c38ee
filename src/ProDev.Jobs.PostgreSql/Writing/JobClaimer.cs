using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Leases ready jobs. What has become due is made ready first, in the same trip to the database.</summary>
internal sealed class JobClaimer(JobStatements statements, JobClock clock)
{
    /// <summary>Bounds one statement, so that a million jobs due at once do not become one transaction.</summary>
    private const int MaxPromotions = 1000;

    public async Task<List<LeasedJob>> RunAsync(NpgsqlConnection connection, FetchRequest request)
    {
        var claimed = new List<ClaimedRow>();
        while (true)
        {
            int promoted = await ClaimAsync(connection, request, request.Maximum - claimed.Count, claimed).ConfigureAwait(false);
            if (promoted < MaxPromotions || claimed.Count >= request.Maximum)
                break;
        }

        // RETURNING promises no order.
        string[] queues = [.. request.Queues];
        claimed.Sort((x, y) => ClaimedRow.InOrder(x, y, queues));
        return claimed.ConvertAll(static r => r.Job);
    }

    private async Task<int> ClaimAsync(NpgsqlConnection connection, FetchRequest request, int maximum, List<ClaimedRow> claimed)
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
                batch.Add(statements.ClaimNamed, [.. claim, Parameter.Of([.. ids])]);
            else
                batch.Add(statements.Claim, claim);
            NpgsqlDataReader row = await batch.ExecuteReaderAsync().ConfigureAwait(false);
            await using (row.ConfigureAwait(false))
                claimed.AddRange(await row.ReadAllAsync(ClaimedRow.Read).ConfigureAwait(false));
            return (int)promotion.Rows;
        }
    }
}
