using System.Runtime.InteropServices;
using ProDev.Shared.Leases;

namespace ProDev.Jobs.PostgreSql;

/// <summary>A place in the order of one queue.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ClaimPlace(short Rank, DateTime RunAt, long Number)
{
    /// <summary>Before every job. The driver writes the time as minus infinity.</summary>
    public static ClaimPlace Front { get; } = new(short.MinValue, DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), long.MinValue);

    public static ClaimPlace Of(ClaimedRow row)
        => new(Columns.ToRank(row.Job.Envelope.Priority), row.RunAt.UtcDateTime, Receipts.NumberOf(row.Job.Lease));
}
