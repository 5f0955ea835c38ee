using System.Runtime.InteropServices;
using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>A job whose lease was held.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Token">The token.</param>
/// <param name="Group">The key of its group.</param>
/// <param name="Revoked">If it ended now because it was to be revoked: what it carried along.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SettledJob(long Number, long Token, string? Group, JobEnvelope? Revoked)
{
    public static SettledJob Read(NpgsqlDataReader row)
        => new(
            row.GetInt64(0), row.GetInt64(1), Columns.ReadTextOrNull(row, 2),
            row.FieldCount == 3 || row.IsDBNull(3) ? null : CarriedReader.Read(row, 3));
}
