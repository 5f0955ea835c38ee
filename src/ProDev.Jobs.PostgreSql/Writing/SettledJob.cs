using System.Runtime.InteropServices;
using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>A job whose lease was held.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Token">The token.</param>
/// <param name="Revoked">If it ended now because it was to be revoked: what it carried along.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SettledJob(long Number, long Token, JobEnvelope? Revoked)
{
    public static SettledJob Read(NpgsqlDataReader row)
        => new(row.GetInt64(0), row.GetInt64(1), row.FieldCount == 2 || row.IsDBNull(2) ? null : CarriedReader.Read(row, 2));
}
