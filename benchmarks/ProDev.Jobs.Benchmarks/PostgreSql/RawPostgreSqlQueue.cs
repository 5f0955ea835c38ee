using Npgsql;
using NpgsqlTypes;

namespace ProDev.Jobs.Benchmarks;

/// <summary>
/// The least that keeps the same jobs in PostgreSQL as durably: one table, one index, prepared commands, one connection. No fencing, no history,
/// no ids or keys that are unique, no wake-up.
/// </summary>
internal sealed class RawPostgreSqlQueue : IQueue
{
    private readonly string _schema = PostgreSqlServer.NewSchema();
    private NpgsqlConnection? _connection;
    private NpgsqlCommand _insert = null!;
    private NpgsqlCommand _claim = null!;
    private NpgsqlCommand _delete = null!;

    public string Name => "Raw";

    private string Copy => $"COPY {_schema}.job (id, name, queue, priority, run_at, state, attempt, max_attempts, payload, enqueued_at) FROM STDIN (FORMAT binary)";

    public async Task OpenAsync(string path)
    {
        _connection = new NpgsqlConnection(PostgreSqlServer.ConnectionString);
        await _connection.OpenAsync();
        await using (var schema = new NpgsqlCommand(Schema(), _connection))
            await schema.ExecuteNonQueryAsync();

        _insert = await PrepareAsync(
            $"""
            INSERT INTO {_schema}.job (id, name, queue, priority, run_at, state, attempt, max_attempts, payload, enqueued_at)
            VALUES ($1, 'benchmark', 'default', 0, now(), 0, 0, 5, $2, now())
            """,
            NpgsqlDbType.Uuid,
            NpgsqlDbType.Bytea);
        _claim = await PrepareAsync(
            $"""
            UPDATE {_schema}.job SET state = 1, attempt = attempt + 1
            WHERE seq = ANY (ARRAY(
                SELECT seq FROM {_schema}.job WHERE state = 0 AND queue = 'default' AND run_at <= now()
                ORDER BY priority, run_at, seq LIMIT $1 FOR UPDATE SKIP LOCKED))
            RETURNING seq, name, payload
            """,
            NpgsqlDbType.Integer);
        _delete = await PrepareAsync($"DELETE FROM {_schema}.job WHERE seq = ANY ($1)", NpgsqlDbType.Array | NpgsqlDbType.Bigint);
    }

    public async Task EnqueueAsync(IReadOnlyList<byte[]> payloads)
    {
        if (payloads.Count == 1)
        {
            _insert.Parameters[0].Value = Guid.CreateVersion7();
            _insert.Parameters[1].Value = payloads[0];
            await _insert.ExecuteNonQueryAsync();
            return;
        }

        await using var rows = await _connection!.BeginBinaryImportAsync(Copy);
        foreach (var payload in payloads)
            await WriteAsync(rows, payload);
        await rows.CompleteAsync();
    }

    public async Task<int> ClaimAndFinishAsync(int maximum)
    {
        _claim.Parameters[0].Value = maximum;
        var jobs = new List<(long Seq, string Name, byte[] Payload)>(maximum);
        await using (var reader = await _claim.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                jobs.Add((reader.GetInt64(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2)));
        }

        if (jobs.Count == 0)
            return 0;
        _delete.Parameters[0].Value = jobs.Select(j => j.Seq).ToArray();
        return await _delete.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is null)
            return;
        await _insert.DisposeAsync();
        await _claim.DisposeAsync();
        await _delete.DisposeAsync();
        await _connection.DisposeAsync();
        _connection = null;
        await PostgreSqlServer.DropAsync(_schema);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter rows, byte[] payload)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await rows.StartRowAsync();
        await rows.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid);
        await rows.WriteAsync("benchmark", NpgsqlDbType.Text);
        await rows.WriteAsync("default", NpgsqlDbType.Text);
        await rows.WriteAsync((short)0, NpgsqlDbType.Smallint);
        await rows.WriteAsync(now, NpgsqlDbType.TimestampTz);
        await rows.WriteAsync((short)0, NpgsqlDbType.Smallint);
        await rows.WriteAsync(0, NpgsqlDbType.Integer);
        await rows.WriteAsync(5, NpgsqlDbType.Integer);
        await rows.WriteAsync(payload, NpgsqlDbType.Bytea);
        await rows.WriteAsync(now, NpgsqlDbType.TimestampTz);
    }

    private string Schema() =>
        $"""
        CREATE SCHEMA {_schema};
        CREATE TABLE {_schema}.job (
            seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id uuid NOT NULL, name text COLLATE "C" NOT NULL, queue text COLLATE "C" NOT NULL,
            priority smallint NOT NULL, run_at timestamptz NOT NULL, state smallint NOT NULL, attempt integer NOT NULL, max_attempts integer NOT NULL,
            payload bytea, enqueued_at timestamptz NOT NULL);
        CREATE INDEX job_ready ON {_schema}.job (queue, priority, run_at, seq) WHERE state = 0;
        """;

    private async Task<NpgsqlCommand> PrepareAsync(string sql, params NpgsqlDbType[] parameters)
    {
        var command = new NpgsqlCommand(sql, _connection);
        foreach (var type in parameters)
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type });
        await command.PrepareAsync();
        return command;
    }
}
