using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ProDev.Jobs.Sqlite;

/// <summary>Inserts a fixed number of plain jobs by one statement: each statement opens every index of the table, however few jobs it has.</summary>
internal sealed class JobRows : IDisposable
{
    private const string Columns = "enqueued_at, job_id, queue, priority, state, run_at, max_attempts, name, idempotency_key, payload, extra, attempt, token";
    private const int ParametersPerRow = 10;

    /// <summary>When more is bound, nothing stays so: it would be held for as long as the connection is open.</summary>
    private const int MaxKeptBytes = 64 * 1024;

    private readonly sqlite3 _database;
    private readonly NativeStatement _insert;

    /// <summary>What is bound already, and stays so: most jobs of a batch have the same name.</summary>
    private readonly string?[] _names;
    private readonly bool[] _hasText;
    private long _bytes;

    public JobRows(SqliteConnection connection, int count)
    {
        Count = count;
        _names = new string?[count];
        _hasText = new bool[count];
        _database = connection.Handle!;
        string row = $"(?1{string.Concat(Enumerable.Repeat(", ?", ParametersPerRow))}, 0, 0)";
        _insert = new NativeStatement(
            _database, $"INSERT INTO prodev_jobs_job ({Columns}) VALUES {string.Join(", ", Enumerable.Repeat(row, count))} ON CONFLICT DO NOTHING", []);
    }

    /// <summary>How many jobs it inserts at a time.</summary>
    public int Count { get; }

    public static bool IsPlain(JobEnvelope job) => job.Unique is null && job.Group is null && job.Rate is null;

    /// <summary>Binds one of the jobs, which must be plain.</summary>
    public void Bind(int row, JobEnvelope job, JobPlace place)
    {
        int index = 2 + (row * ParametersPerRow);
        Span<byte> id = stackalloc byte[16];
        job.Id.TryWriteBytes(id, bigEndian: true, out _);
        _insert.Bind(index, id);
        _insert.Bind(index + 1, place.Queue);
        _insert.Bind(index + 2, job.Priority);
        _insert.Bind(index + 3, (int)place.State);
        _insert.Bind(index + 4, place.RunAt);
        _insert.Bind(index + 5, job.MaxAttempts);
        if (!ReferenceEquals(_names[row], job.Name))
        {
            // What cannot be bound leaves nothing that is taken for bound.
            _names[row] = null;
            _insert.Bind(index + 6, job.Name);
            _names[row] = job.Name;
        }

        _insert.Bind(index + 8, job.Payload.Span);
        string? rest = JobEnvelopeCodec.WriteRest(job);
        bool hasText = job.IdempotencyKey is not null || rest is not null;
        if (hasText || _hasText[row])
        {
            _hasText[row] = true;
            _insert.Bind(index + 7, job.IdempotencyKey);
            _insert.Bind(index + 9, rest);
            _hasText[row] = hasText;
        }

        _bytes += job.Payload.Length + job.Name.Length + (job.IdempotencyKey?.Length ?? 0) + (rest?.Length ?? 0);
    }

    /// <summary>Inserts the jobs that were bound, and returns how many of them. The others are there already, by their id or by their key.</summary>
    public int Insert(long now)
    {
        try
        {
            _insert.Bind(1, now);
            return _insert.Execute();
        }
        finally
        {
            if (_bytes > MaxKeptBytes)
                Clear();
            _bytes = 0;
        }
    }

    public void Dispose() => _insert.Dispose();

    private void Clear()
    {
        _insert.Clear();
        Array.Clear(_names);
        Array.Clear(_hasText);
    }
}
