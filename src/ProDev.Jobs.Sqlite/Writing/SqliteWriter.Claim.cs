using System.Diagnostics.CodeAnalysis;
using ProDev.Shared.Leases;

namespace ProDev.Jobs.Sqlite;

/// <summary>Leasing ready jobs.</summary>
internal sealed partial class SqliteWriter
{
    private Statement _promote;
    private Statement _next;
    private Statement _nextNamed;
    private Statement _start;
    private StatementForMany _startMany;

    public List<LeasedJob> Claim(FetchRequest request)
    {
        long now = Now();
        _promote.Bind(now).Execute();

        var claimed = new List<LeasedJob>();
        foreach (string queue in request.Queues)
        {
            // As long as limits park jobs, or call them, others may come next. One that was called meanwhile may go before others.
            var rows = new List<ClaimedRow>();
            int rounds = 1;
            while (claimed.Count + rows.Count < request.Maximum && !IsPaused(queue)
                && Claim(queue, request, request.Maximum - claimed.Count - rows.Count, now, rows))
            {
                rounds++;
            }

            if (rounds > 1)
                rows.Sort(ClaimedRow.InOrder);
            claimed.AddRange(rows.Select(static r => r.Job));
        }

        return claimed;
    }

    /// <summary>Returns whether limits have parked or called jobs.</summary>
    private bool Claim(string queue, FetchRequest request, int maximum, long now, List<ClaimedRow> claimed)
    {
        long deadline = now + Columns.ToMilliseconds(request.Lease);
        List<ClaimedRow> rows = ReadNext(queue, request, maximum, now);
        StartPlain(rows, now, deadline, request.Worker);
        long called = _gates.Called;
        int parked = rows.RemoveAll(r => r.Limits is not null && !TryStart(r, now, deadline, request.Worker));
        claimed.AddRange(rows);
        return parked > 0 || _gates.Called > called;
    }

    private List<ClaimedRow> ReadNext(string queue, FetchRequest request, int maximum, long now)
    {
        Statement next = request.JobIds is { } ids ? _nextNamed.Bind(QueueId(queue), maximum, ToJson(ids)) : _next.Bind(QueueId(queue), maximum);
        var claimed = new List<ClaimedRow>();
        using NativeRows rows = next.Rows();
        while (rows.Read())
            claimed.Add(ReadClaimed(rows, queue, now));
        return claimed;
    }

    /// <summary>Leases the jobs without limits. The others stay as they are until their limits were asked.</summary>
    private void StartPlain(List<ClaimedRow> rows, long now, long deadline, string worker)
    {
        var plain = new JobNumbers(rows.Where(static r => r.Limits is null).Select(static r => r.Number));
        if (plain.Count == 1)
            _start.Bind(plain.First, now, deadline, worker).Execute();
        else if (plain.Count > 1)
            _startMany.Bind(plain, now, deadline, worker).Execute();
    }

    private bool TryStart(ClaimedRow row, long now, long deadline, string worker)
    {
        bool starts = _gates.TryPass(row.Limits!, row.Number);
        if (starts)
            _start.Bind(row.Number, now, deadline, worker).Execute();
        _gates.CallNext(row.Limits!);
        return starts;
    }

    private static ClaimedRow ReadClaimed(NativeRows row, string queue, long now)
    {
        long number = row.Int64(0);
        Guid id = row.Id(1);
        RowLimits? limits = RowLimits.Read(row, 11);
        var envelope = new JobEnvelope
        {
            Id = id,
            Name = row.Text(2)!,
            Queue = queue,
            Priority = row.Int32(3),
            MaxAttempts = row.Int32(5),
            IdempotencyKey = row.Text(7),
            Payload = row.Blob(8),
        };
        var job = new LeasedJob
        {
            Envelope = JobEnvelopeCodec.WithRest(envelope, row.Text(9)),
            Lease = new JobLease(id, row.Int64(6) + 1, Receipts.Of(number, limits?.GroupKey is not null)),
            Attempt = row.Int32(4) + 1,
            EnqueuedAt = row.Time(10),
            LeasedAt = DateTimeOffset.FromUnixTimeMilliseconds(now),
        };
        return new ClaimedRow(job, row.Int64(16), number, limits);
    }

    // Hex digits need no escaping.
    private static string ToJson(IReadOnlyList<Guid> ids) => $"[{string.Join(',', ids.Select(static i => $"\"{i:N}\""))}]";

    [MemberNotNull(nameof(_promote), nameof(_next), nameof(_nextNamed), nameof(_start), nameof(_startMany))]
    private void PrepareClaim()
    {
        const string Start = "UPDATE prodev_jobs_job SET state = 2, attempt = attempt + 1, token = token + 1, started_at = $now, deadline = $deadline, worker = $worker";
        _promote = new(Connection, "UPDATE prodev_jobs_job SET state = 1 WHERE state = 0 AND run_at <= $now", "$now");
        _next = new(Connection, NextWhere("state = 1 AND queue = $queue"), "$queue", "$maximum");
        _nextNamed = new(
            Connection, NextWhere("state = 1 AND queue = $queue AND job_id IN (SELECT unhex(value) FROM json_each($ids))"), "$queue", "$maximum", "$ids");
        _start = new(Connection, $"{Start}, gate = NULL WHERE id = $id", "$id", "$now", "$deadline", "$worker");

        // Jobs without limits have no gate.
        _startMany = new(Connection, $"{Start} WHERE {StatementForMany.TheseJobs}", "$now", "$deadline", "$worker");
    }

    private static string NextWhere(string condition) =>
        $"""
        SELECT id, job_id, name, priority, attempt, max_attempts, token, idempotency_key, payload, extra, enqueued_at, {RowLimits.Columns}, run_at
        FROM prodev_jobs_job WHERE {condition} ORDER BY priority DESC, run_at, id LIMIT $maximum
        """;
}
