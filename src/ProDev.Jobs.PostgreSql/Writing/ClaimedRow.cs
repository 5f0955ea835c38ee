using Npgsql;
using ProDev.Shared.Leases;

namespace ProDev.Jobs.PostgreSql;

/// <summary>A claimed job with what decides its place.</summary>
internal sealed record ClaimedRow(LeasedJob Job, DateTimeOffset RunAt)
{
    public static ClaimedRow Read(NpgsqlDataReader row)
    {
        Guid id = row.GetGuid(1);
        JobEnvelope envelope = JobEnvelopeCodec.WithRest(
            new JobEnvelope
            {
                Id = id,
                Name = row.GetString(2),
                Queue = row.GetString(3),
                Priority = Columns.ToPriority(row.GetInt16(4)),
                MaxAttempts = row.GetInt32(7),
                IdempotencyKey = Columns.ReadTextOrNull(row, 9),
                Payload = row.IsDBNull(10) ? default : row.GetFieldValue<byte[]>(10),
            },
            Columns.ReadTextOrNull(row, 11));
        var job = new LeasedJob
        {
            Envelope = envelope,
            Lease = new JobLease(id, row.GetInt64(8), Receipts.Of(row.GetInt64(0), hasGroup: !row.IsDBNull(14))),
            Attempt = row.GetInt32(6),
            EnqueuedAt = Columns.ReadTime(row, 12),
            LeasedAt = Columns.ReadTime(row, 13),
        };
        return new ClaimedRow(job, Columns.ReadTime(row, 5));
    }

    /// <summary>Queue by queue; then higher priority first, then the earlier time, then the earlier arrival.</summary>
    public static int InOrder(ClaimedRow x, ClaimedRow y, string[] queues)
    {
        int order = Array.IndexOf(queues, x.Job.Envelope.Queue).CompareTo(Array.IndexOf(queues, y.Job.Envelope.Queue));
        if (order == 0)
            order = y.Job.Envelope.Priority.CompareTo(x.Job.Envelope.Priority);
        if (order == 0)
            order = x.RunAt.CompareTo(y.RunAt);
        return order != 0 ? order : Receipts.NumberOf(x.Job.Lease).CompareTo(Receipts.NumberOf(y.Job.Lease));
    }
}
