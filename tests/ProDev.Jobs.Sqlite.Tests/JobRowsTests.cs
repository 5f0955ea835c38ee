using Microsoft.Data.Sqlite;
using ProDev.Jobs.Conformance;
using SQLitePCL;

namespace ProDev.Jobs.Sqlite.Tests;

/// <summary>What a statement that inserts many jobs keeps from one batch to the next.</summary>
public sealed class JobRowsTests : IAsyncLifetime
{
    private const int Count = 10;

    /// <summary>Of SQLite: about how many bytes of the heap a statement holds.</summary>
    private const int MemoryUsed = 99;

    /// <summary>Of SQLite: the limit of the length of a value.</summary>
    private const int LengthLimit = 0;

    private readonly TempDatabase _database = new();
    private SqliteConnection _connection = null!;

    public async Task InitializeAsync()
    {
        await SqliteStores.Create(_database).DisposeAfterOpenAsync();
        _connection = new SqliteConnection($"Data Source={_database.Path};Pooling=False");
        _connection.Open();
        _connection.Handle!.enable_sqlite3_next_stmt(true);
        Scalar("INSERT INTO prodev_jobs_queue (id, name) VALUES (1, 'default')");
    }

    public Task DisposeAsync()
    {
        _connection.Dispose();
        _database.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public void LargeJobsAreNotKeptInMemory_WhenTheyAreInserted()
    {
        using var rows = new JobRows(_connection, Count);
        Insert(rows, _ => TestJobs.New(name: "a", key: null));
        int before = Memory();

        Insert(rows, i => TestJobs.New(name: "a", key: $"{i}", payload: new byte[50_000]));

        Assert.InRange(Memory(), 0, before + 50_000);
        Insert(rows, _ => TestJobs.New(name: "a"));
        Assert.Equal(3L * Count, Scalar("SELECT count(*) FROM prodev_jobs_job WHERE name = 'a'"));
        Assert.Equal((long)Count, Scalar("SELECT count(idempotency_key) FROM prodev_jobs_job"));
    }

    [Fact]
    public void LargeJobsAreNotKeptInMemory_WhenTheyAreRefused()
    {
        using var rows = new JobRows(_connection, Count);
        Scalar("CREATE TRIGGER refuse BEFORE INSERT ON prodev_jobs_job WHEN NEW.name = 'refused' BEGIN SELECT RAISE(ABORT, 'refused'); END");
        Insert(rows, _ => TestJobs.New());
        int before = Memory();

        Assert.Throws<SqliteException>(() => Insert(rows, _ => TestJobs.New(name: "refused", payload: new byte[50_000])));

        Assert.InRange(Memory(), 0, before + 50_000);
    }

    [Fact]
    public void NextJobGetsNothingOfTheLast_WhenThatCouldNotBeBound()
    {
        using var rows = new JobRows(_connection, 1);
        JobEnvelope tooLarge = TestJobs.New(name: "a", key: "stale") with { TraceState = new string('x', 2000) };
        int limit = raw.sqlite3_limit(_connection.Handle, LengthLimit, 1000);
        Assert.Throws<SqliteException>(() => rows.Bind(0, tooLarge, new JobPlace(1, JobState.Queued, 5)));
        _ = raw.sqlite3_limit(_connection.Handle, LengthLimit, limit);

        Assert.Equal(1, Insert(rows, _ => TestJobs.New(name: "a")));

        Assert.Null(Scalar("SELECT idempotency_key FROM prodev_jobs_job"));
    }

    [Fact]
    public void NextJobGetsItsName_WhenThatOfTheLastCouldNotBeBound()
    {
        const string Name = "a";
        using var rows = new JobRows(_connection, 1);
        Insert(rows, _ => TestJobs.New(name: Name));
        int limit = raw.sqlite3_limit(_connection.Handle, LengthLimit, 1000);
        Assert.Throws<SqliteException>(() => rows.Bind(0, TestJobs.New(name: new string('x', 2000)), new JobPlace(1, JobState.Queued, 5)));
        _ = raw.sqlite3_limit(_connection.Handle, LengthLimit, limit);

        Assert.Equal(1, Insert(rows, _ => TestJobs.New(name: Name)));
    }

    private static int Insert(JobRows rows, Func<int, JobEnvelope> create)
    {
        for (int i = 0; i < rows.Count; i++)
            rows.Bind(i, create(i), new JobPlace(1, JobState.Queued, 5));
        return rows.Insert(5);
    }

    private int Memory()
    {
        int sum = 0;
        for (sqlite3_stmt? s = raw.sqlite3_next_stmt(_connection.Handle, null); s is not null; s = raw.sqlite3_next_stmt(_connection.Handle, s))
            sum += raw.sqlite3_stmt_status(s, MemoryUsed, 0);
        return sum;
    }

    private object? Scalar(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }
}
