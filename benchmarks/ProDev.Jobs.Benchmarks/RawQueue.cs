using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Benchmarks;

/// <summary>
/// The least that keeps jobs in SQLite as durably: one table, one index, prepared commands, one connection. No fencing, no
/// history, no ids that a client may choose, no wake-up.
/// </summary>
internal sealed class RawQueue : IQueue
{
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA temp_store = MEMORY;
        CREATE TABLE job (id INTEGER PRIMARY KEY AUTOINCREMENT, queue INTEGER NOT NULL, priority INTEGER NOT NULL, run_at INTEGER NOT NULL,
                          state INTEGER NOT NULL, attempt INTEGER NOT NULL, name TEXT NOT NULL, payload BLOB);
        CREATE INDEX job_ready ON job (queue, priority, run_at, id) WHERE state = 0;
        """;

    private readonly SemaphoreSlim _lock = new(1, 1);
    private SqliteConnection? _connection;
    private SqliteCommand _insert = null!;
    private SqliteCommand _claim = null!;
    private SqliteCommand _delete = null!;

    public string Name => "Raw";

    public Task OpenAsync(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        using (var schema = Command(Schema))
            schema.ExecuteNonQuery();

        _insert = Command("INSERT INTO job (queue, priority, run_at, state, attempt, name, payload) VALUES (1, 0, $run_at, 0, 0, 'benchmark', $payload)");
        _insert.Parameters.Add("$run_at", SqliteType.Integer);
        _insert.Parameters.Add("$payload", SqliteType.Blob);
        _claim = Command("""
            UPDATE job SET state = 1, attempt = attempt + 1
            WHERE id IN (SELECT id FROM job WHERE state = 0 AND queue = 1 AND run_at <= $now ORDER BY priority, run_at, id LIMIT $maximum)
            RETURNING id, name, payload
            """);
        _claim.Parameters.Add("$now", SqliteType.Integer);
        _claim.Parameters.Add("$maximum", SqliteType.Integer);
        _delete = Command("DELETE FROM job WHERE id = $id");
        _delete.Parameters.Add("$id", SqliteType.Integer);
        return Task.CompletedTask;
    }

    public async Task EnqueueAsync(IReadOnlyList<byte[]> payloads)
    {
        await _lock.WaitAsync();
        try
        {
            using var transaction = Begin(_insert);
            foreach (var payload in payloads)
            {
                _insert.Parameters[0].Value = Now();
                _insert.Parameters[1].Value = payload;
                _insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }
        finally
        {
            _lock.Release();
        }
    }

    public async Task<int> ClaimAndFinishAsync(int maximum)
    {
        await _lock.WaitAsync();
        try
        {
            var jobs = Claim(maximum);
            if (jobs.Count > 0)
                Finish(jobs);
            return jobs.Count;
        }
        finally
        {
            _lock.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            _insert.Dispose();
            _claim.Dispose();
            _delete.Dispose();
            _connection.Dispose();
        }

        _connection = null;
        return ValueTask.CompletedTask;
    }

    private List<(long Id, string Name, byte[] Payload)> Claim(int maximum)
    {
        using var transaction = Begin(_claim);
        _claim.Parameters[0].Value = Now();
        _claim.Parameters[1].Value = maximum;
        var jobs = new List<(long, string, byte[])>(maximum);
        using (var reader = _claim.ExecuteReader())
        {
            while (reader.Read())
                jobs.Add((reader.GetInt64(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2)));
        }

        transaction.Commit();
        return jobs;
    }

    private void Finish(List<(long Id, string Name, byte[] Payload)> jobs)
    {
        using var transaction = Begin(_delete);
        foreach (var job in jobs)
        {
            _delete.Parameters[0].Value = job.Id;
            _delete.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private SqliteTransaction Begin(SqliteCommand command)
    {
        var transaction = _connection!.BeginTransaction(deferred: false);
        command.Transaction = transaction;
        return transaction;
    }

    private SqliteCommand Command(string sql)
    {
        var command = _connection!.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
}
