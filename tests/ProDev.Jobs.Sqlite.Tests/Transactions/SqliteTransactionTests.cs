using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Sqlite.Tests;

public sealed class SqliteTransactionTests : StoreTransactionTests
{
    private readonly TempDatabase _database = new();

    protected override string Table => "business";

    [Fact]
    public async Task EnqueueIsRefused_WhenTheTransactionIsOnAnotherFile()
    {
        string other = Path.Combine(_database.Directory, "other.db");
        foreach (string source in (string[])[other, ":memory:"])
        {
            using SqliteConnection connection = Open(source);
            using SqliteTransaction transaction = connection.BeginTransaction();

            var error = await Assert.ThrowsAsync<ArgumentException>(
                async () => await Transactional.EnqueueAsync([TestJobs.New()], transaction, default));

            Assert.StartsWith(
                $"The transaction is on the database '{connection.DataSource}', but the jobs are in '{_database.Path}'.", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Requires", "POSIX")]
    public async Task JobIsTaken_WhenTheFileIsReachedThroughALink()
    {
        string link = Path.Combine(_database.Directory, "link.db");
        File.CreateSymbolicLink(link, _database.Path);
        using SqliteConnection connection = Open(link);
        using SqliteTransaction transaction = connection.BeginTransaction();
        await Transactional.EnqueueAsync([TestJobs.New()], transaction, default);
        transaction.Commit();

        await Store.TakeOneAsync();
    }

    [Fact]
    public async Task JobIsTaken_WhenTheStoreIsNotOpenYetAndTheCallerHoldsTheLock()
    {
        await using SqliteJobStore closed = SqliteStores.Create(_database);
        using SqliteConnection connection = Open(_database.Path);
        using SqliteTransaction transaction = connection.BeginTransaction();
        await closed.EnqueueAsync([TestJobs.New()], transaction, default);
        transaction.Commit();

        await Store.TakeOneAsync();
    }

    [Fact]
    public async Task EnqueueIsRefused_WhenAStatementHasEndedTheTransaction()
    {
        using SqliteConnection connection = Open(_database.Path);
        using SqliteTransaction transaction = connection.BeginTransaction();
        await ExecuteAsync(connection, "COMMIT");

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Transactional.EnqueueAsync([TestJobs.New()], transaction, default));

        // The driver insists on something to roll back.
        await ExecuteAsync(connection, "BEGIN");
    }

    [Fact]
    public async Task EnqueueIsRefused_WhenTheFileHasNoTablesYet()
    {
        string path = Path.Combine(_database.Directory, "empty.db");
        await using SqliteJobStore store = SqliteStores.Create(path);
        using SqliteConnection connection = Open(path);
        using SqliteTransaction transaction = connection.BeginTransaction();

        var error = await Assert.ThrowsAsync<JobStoreException>(async () => await store.EnqueueAsync([TestJobs.New()], transaction, default));

        Assert.StartsWith($"The job database '{path}' has no tables of this version of ProDev.Jobs.Sqlite yet.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoneOfACallIsWrittenAndTheTransactionGoesOn_WhenOneJobFails()
    {
        using SqliteConnection connection = Open(_database.Path);
        await ExecuteAsync(
            connection,
            "CREATE TRIGGER refuse BEFORE INSERT ON prodev_jobs_job WHEN NEW.name = 'refused' BEGIN SELECT RAISE(ABORT, 'refused'); END");
        using (SqliteTransaction transaction = connection.BeginTransaction())
        {
            await Transactional.EnqueueAsync([TestJobs.New(key: "kept")], transaction, default);
            await Assert.ThrowsAsync<JobStoreException>(
                async () => await Transactional.EnqueueAsync([TestJobs.New(key: "undone"), TestJobs.New(name: "refused")], transaction, default));
            transaction.Commit();
        }

        Assert.Equal("kept", (await Store.TakeOneAsync()).Envelope.IdempotencyKey);
    }

    [Fact]
    public async Task NoneOfACallIsWrittenAndTheTransactionGoesOn_WhenAnythingElseThanSqliteFails()
    {
        using SqliteConnection connection = Open(_database.Path);
        using (SqliteTransaction transaction = connection.BeginTransaction())
        {
            await Transactional.EnqueueAsync([TestJobs.New(key: "kept")], transaction, default);
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Transactional.EnqueueAsync(
                [TestJobs.New(key: "undone"), TestJobs.New() with { Queue = null! }], transaction, default));
            transaction.Commit();
        }

        Assert.Equal("kept", Assert.Single(await Store.TakeAsync()).Envelope.IdempotencyKey);
    }

    [Fact]
    public async Task JobIsTaken_WhenTheProcessThatEnqueuedItEndsRightAfterTheCommit()
    {
        using Process process = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { "exec", typeof(Program).Assembly.Location, _database.Path, "--commit-and-die" },
        })!;
        await process.WaitForExitAsync();

        Assert.NotEqual(0, process.ExitCode);
        Assert.Equal("crash.ledger", (await Store.TakeOneAsync()).Envelope.Name);
    }

    protected override IJobStore CreateStore() => SqliteStores.Create(_database);

    protected override Task<DbConnection> ConnectAsync() => Task.FromResult<DbConnection>(Open(_database.Path));

    protected override void Cleanup() => _database.Dispose();

    /// <summary>The driver sleeps for 150 ms whenever it finds the file locked; SQLite's own waiting is shorter.</summary>
    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 5000";
        command.ExecuteNonQuery();
        return connection;
    }
}
