using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using ProDev.Shared.Leases;

namespace ProDev.Jobs.Sqlite;

/// <summary>Leasing ready jobs.</summary>
internal sealed partial class SqliteWriter
{
    /// <summary>1 for a job without limits, else 0.</summary>
    private const string Plain = "(group_key IS NULL AND rate_key IS NULL)";

    private Statement _promote;
    private Statement _claim;
    private Statement _claimNamed;
    private Statement _start;

    public List<LeasedJob> Claim(FetchRequest request)
    {
        long now = Now();
        _promote.Bind(now).Execute();

        var claimed = new List<LeasedJob>();
        foreach (string queue in request.Queues)
        {
            // As long as limits park jobs, or call them, others may come next. One that was called meanwhile may go before others.
            var rows = new List<ClaimedRow>();
            while (claimed.Count + rows.Count < request.Maximum && !IsPaused(queue)
                && Claim(queue, request, request.Maximum - claimed.Count - rows.Count, now, rows))
            {
            }

            rows.Sort(ClaimedRow.InOrder);
            claimed.AddRange(rows.Select(static r => r.Job));
        }

        return claimed;
    }

    /// <summary>Returns whether limits have parked or called jobs.</summary>
    private bool Claim(string queue, FetchRequest request, int maximum, long now, List<ClaimedRow> claimed)
    {
        var rows = new List<ClaimedRow>();
        long deadline = now + Columns.ToMilliseconds(request.Lease);
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
        long called = _gates.Called;
        int parked = rows.RemoveAll(r => r.Limits is not null && !TryStart(r, now, deadline, request.Worker));
        claimed.AddRange(rows);
        return parked > 0 || _gates.Called > called;
    }

    private bool TryStart(ClaimedRow row, long now, long deadline, string worker)
    {
        bool starts = _gates.TryPass(row.Limits!, row.Number);
        if (starts)
            _start.Bind(row.Number, now, deadline, worker).Execute();
        _gates.CallNext(row.Limits!);
        return starts;
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

        // A job with limits has not been started yet.
        RowLimits? limits = RowLimits.Read(row, 12);
        int next = limits is null ? 0 : 1;
        var job = new LeasedJob
        {
            Envelope = envelope,
            Lease = new JobLease(id, row.GetInt64(7) + next, Receipts.Of(number, limits?.GroupKey is not null)),
            Attempt = row.GetInt32(5) + next,
            EnqueuedAt = Columns.ReadTime(row, 11),
            LeasedAt = DateTimeOffset.FromUnixTimeMilliseconds(now),
        };
        return new ClaimedRow(job, row.GetInt64(4), number, limits);
    }

    // Hex digits need no escaping.
    private static string ToJson(IReadOnlyList<Guid> ids) => $"[{string.Join(',', ids.Select(static i => $"\"{i:N}\""))}]";

    [MemberNotNull(nameof(_promote), nameof(_claim), nameof(_claimNamed), nameof(_start))]
    private void PrepareClaim()
    {
        _promote = new(Connection, "UPDATE prodev_jobs_job SET state = 1 WHERE state = 0 AND run_at <= $now", "$now");
        _claim = new(Connection, ClaimWhere("state = 1 AND queue = $queue"), "$queue", "$maximum", "$now", "$deadline", "$worker");
        _claimNamed = new(
            Connection, ClaimWhere("state = 1 AND queue = $queue AND job_id IN (SELECT unhex(value) FROM json_each($ids))"),
            "$queue", "$maximum", "$now", "$deadline", "$worker", "$ids");
        _start = new(
            Connection,
            """
            UPDATE prodev_jobs_job
            SET state = 2, attempt = attempt + 1, token = token + 1, started_at = $now, deadline = $deadline, worker = $worker, gate = NULL WHERE id = $id
            """,
            "$id", "$now", "$deadline", "$worker");
    }

    /// <summary>Leases jobs. Those with limits are only looked at: they stay as they are until the limits were asked.</summary>
    private static string ClaimWhere(string condition) =>
        $"""
        UPDATE prodev_jobs_job
        SET state = 1 + {Plain}, attempt = attempt + {Plain}, token = token + {Plain}, started_at = CASE {Plain} WHEN 1 THEN $now ELSE started_at END,
            deadline = CASE {Plain} WHEN 1 THEN $deadline END, worker = CASE {Plain} WHEN 1 THEN $worker ELSE worker END
        WHERE id IN (SELECT id FROM prodev_jobs_job WHERE {condition} ORDER BY priority DESC, run_at, id LIMIT $maximum)
        RETURNING id, job_id, name, priority, run_at, attempt, max_attempts, token, idempotency_key, payload, extra, enqueued_at, {RowLimits.Columns}
        """;
}
