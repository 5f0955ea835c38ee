using Npgsql;
using ProDev.Shared.Leases;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Named values of running jobs.</summary>
internal sealed class JobNoteKeeper(JobStatements statements)
{
    /// <summary>Returns whether the lease was held.</summary>
    public async Task<bool> WriteAsync(NpgsqlConnection connection, JobLease lease, string name, byte[] value)
    {
        NpgsqlParameter[] parameters = [Parameter.Of(Receipts.NumberOf(lease)), Parameter.Of(lease.Token), Parameter.Of(name), Parameter.Of(value)];
        return (await connection.ReadAsync(statements.Note, parameters, static r => r.GetInt32(0)).ConfigureAwait(false)).Count > 0;
    }

    public async Task<Dictionary<string, ReadOnlyMemory<byte>>> ReadAsync(NpgsqlConnection connection, Guid id)
    {
        List<KeyValuePair<string, ReadOnlyMemory<byte>>> rows = await connection.ReadAsync(
            statements.ReadNotes, [Parameter.Of((Guid?)id)],
            static r => KeyValuePair.Create(r.GetString(0), new ReadOnlyMemory<byte>(r.GetFieldValue<byte[]>(1)))).ConfigureAwait(false);
        return new Dictionary<string, ReadOnlyMemory<byte>>(rows, StringComparer.Ordinal);
    }
}
