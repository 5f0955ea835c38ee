using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>Leasing ready jobs.</summary>
internal sealed partial class SqliteWriter
{
    private Statement _promote;
    private Statement _claim;
    private Statement _claimNamed;

    public List<LeasedJob> Claim(FetchRequest request)
    {
        long now = Now();
        _promote.Bind(now).Execute();

        var claimed = new List<LeasedJob>();
        foreach (string queue in request.Queues)
        {
            if (claimed.Count < request.Maximum && !IsPaused(queue))
                Claim(queue, request, now, claimed);
        }

        return claimed;
    }

    private void Claim(string queue, FetchRequest request, long now, List<LeasedJob> claimed)
    {
        var rows = new List<ClaimedRow>();
        long deadline = now + Columns.ToMilliseconds(request.Lease);
        int maximum = request.Maximum - claimed.Count;
        Statement claim = request.JobIds is { } ids
            ? _claimNamed.Bind(QueueId(queue), maximum, now, deadline, request.Worker, ToJson(ids))
            : _claim.Bind(QueueId(queue), maximum, now, deadline, request.Worker);
        using (SqliteDataReader row = claim.Read())
        {
            while (row.Read())
                rows.Add(ReadClaimed(row, queue, now));
        }

        // RETURNING promises no order.
        rows.Sort(ClaimedRow.InOrder);
        claimed.AddRange(rows.Select(static r => r.Job));
    }

    private static ClaimedRow ReadClaimed(SqliteDataReader row, string queue, long now)
    {
        Guid id = Columns.ReadId(row, 1);
        JobEnvelope envelope = JobEnvelopeCodec.WithRest(
            new JobEnvelope
            {
                Id = id,
                Name = row.GetString(2),
                Queue = queue,
                Priority = row.GetInt32(3),
                MaxAttempts = row.GetInt32(6),
                IdempotencyKey = Columns.ReadTextOrNull(row, 8),
                Payload = row.IsDBNull(9) ? default : row.GetFieldValue<byte[]>(9),
            },
            Columns.ReadTextOrNull(row, 10));
        long number = row.GetInt64(0);
        var job = new LeasedJob
        {
            Envelope = envelope,
            Lease = new JobLease(id, row.GetInt64(7), number),
            Attempt = row.GetInt32(5),
            EnqueuedAt = Columns.ReadTime(row, 11),
            LeasedAt = DateTimeOffset.FromUnixTimeMilliseconds(now),
        };
        return new ClaimedRow(job, row.GetInt64(4), number);
    }

    // Hex digits need no escaping.
    private static string ToJson(IReadOnlyList<Guid> ids) => $"[{string.Join(',', ids.Select(static i => $"\"{i:N}\""))}]";

    [MemberNotNull(nameof(_promote), nameof(_claim), nameof(_claimNamed))]
    private void PrepareClaim()
    {
        _promote = new(Connection, "UPDATE prodev_jobs_job SET state = 1 WHERE state = 0 AND run_at <= $now", "$now");
        _claim = new(Connection, ClaimWhere("state = 1 AND queue = $queue"), "$queue", "$maximum", "$now", "$deadline", "$worker");
        _claimNamed = new(
            Connection, ClaimWhere("state = 1 AND queue = $queue AND job_id IN (SELECT unhex(value) FROM json_each($ids))"),
            "$queue", "$maximum", "$now", "$deadline", "$worker", "$ids");
    }

    private static string ClaimWhere(string condition) =>
        $"""
        UPDATE prodev_jobs_job
        SET state = 2, attempt = attempt + 1, token = token + 1, started_at = $now, deadline = $deadline, worker = $worker
        WHERE id IN (SELECT id FROM prodev_jobs_job WHERE {condition} ORDER BY priority DESC, run_at, id LIMIT $maximum)
        RETURNING id, job_id, name, priority, run_at, attempt, max_attempts, token, idempotency_key, payload, extra, enqueued_at
        """;
}
