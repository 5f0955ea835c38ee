using System.Runtime.InteropServices;
using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>The job that is in the way of another one: by its id or idempotency key if it has no number here, otherwise by its unique key.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct UniqueConflict(Guid? Id, long? Number, JobState State, DateTimeOffset Now)
{
    public bool IsWaiting => Number is not null && State is JobState.Scheduled or JobState.Queued;

    public static UniqueConflict Read(NpgsqlDataReader row) => new(
        row.IsDBNull(0) ? null : row.GetGuid(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.IsDBNull(2) ? default : (JobState)row.GetInt32(2),
        Columns.ReadTime(row, 3));
}
