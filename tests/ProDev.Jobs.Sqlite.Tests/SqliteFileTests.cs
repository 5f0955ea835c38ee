using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Sqlite.Tests;

/// <summary>The file: what survives in it, who may share it, and what is refused.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    private readonly TempDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task JobsAreStillThere_WhenTheStoreIsOpenedAgain()
    {
        Guid queued, running, scheduled;
        await using (SqliteJobStore store = SqliteStores.Create(_database))
        {
            running = await store.AddAsync(TestJobs.New());
            await store.TakeOneAsync();
            queued = await store.AddAsync(TestJobs.New(payload: "{\"a\":1}"u8.ToArray()));
            scheduled = await store.AddAsync(TestJobs.New(delay: TimeSpan.FromHours(1)));
        }

        await using SqliteJobStore again = SqliteStores.Create(_database);
        Assert.Equal(JobState.Running, await again.StateAsync(running));
        Assert.Equal(JobState.Scheduled, await again.StateAsync(scheduled));
        LeasedJob job = await again.TakeOneAsync();
        Assert.Equal(queued, job.Lease.JobId);
        Assert.Equal("{\"a\":1}"u8.ToArray(), job.Envelope.Payload.ToArray());
    }

    [Fact]
    public async Task NoJobIsLeasedTwice_WhenTwoStoresShareTheFile()
    {
        const int Count = 1000;
        await using SqliteJobStore one = SqliteStores.Create(_database);
        await using SqliteJobStore two = SqliteStores.Create(_database);
        await one.EnqueueAsync(TestJobs.Many(Count), default);

        IReadOnlyList<Guid>[] taken = await Task.WhenAll(TakeAllAsync(one), TakeAllAsync(two));

        Assert.Equal(Count, taken.Sum(t => t.Count));
        Assert.Equal(Count, taken.SelectMany(t => t).Distinct().Count());
    }

    [Fact]
    public async Task OneJobIsEnqueued_WhenTwoStoresUseTheSameKeyAtOnce()
    {
        await using SqliteJobStore one = SqliteStores.Create(_database);
        await using SqliteJobStore two = SqliteStores.Create(_database);
        IEnumerable<Task<IReadOnlyList<EnqueuedJob>>> calls = Enumerable.Range(0, 20).Select(
            i => Task.Run(async () => await (i % 2 == 0 ? one : two).EnqueueAsync([TestJobs.New(key: "once")], default)));

        Assert.Single((await Task.WhenAll(calls)).SelectMany(a => a), a => !a.AlreadyExisted);
    }

    [Fact]
    public async Task EveryStoreOpens_WhenManyOpenANewFileAtOnce()
    {
        for (int round = 0; round < 20; round++)
        {
            string path = Path.Combine(_database.Directory, $"{round}.db");
            SqliteJobStore[] stores = [.. Enumerable.Range(0, 6).Select(_ => SqliteStores.Create(path))];
            await Task.WhenAll(stores.Select(s => Task.Run(async () =>
            {
                await s.AddAsync(TestJobs.New());
                await s.DisposeAsync();
            })));

            await using SqliteJobStore last = SqliteStores.Create(path);
            Assert.Equal(stores.Length, (await last.CountAsync(default)).Queued);
        }
    }

    [Fact]
    public async Task WaitEnds_WhenAnotherStoreEnqueuesIntoTheFile()
    {
        await using SqliteJobStore here = SqliteStores.Create(_database);
        await using SqliteJobStore there = SqliteStores.Create(_database);
        await here.OpenAsync(default);

        Guid id = default;
        Task<Guid> found = Task.Run(async () =>
        {
            while (true)
            {
                Task wait = here.WaitForWorkAsync(["default"], TimeSpan.FromMinutes(1), default);
                if (await here.TakeAsync(1) is [{ } job])
                    return job.Lease.JobId;
                await wait;
            }
        });
        id = await there.AddAsync(TestJobs.New());

        Assert.Equal(id, await found.WaitAsync(Hang));
    }

    // Windows has no line of writers; there the order is left to chance.
    [Fact]
    [Trait("Requires", "POSIX")]
    public async Task WritersOfTwoStoresCommitInTheOrderTheyAsked_WhenTheFileIsLocked()
    {
        for (int round = 0; round < 20; round++)
        {
            // New ones each time: a store that has just answered may still be leading, and would then ask a moment later.
            await using SqliteJobStore first = SqliteStores.Create(_database);
            await using SqliteJobStore second = SqliteStores.Create(_database);
            await first.OpenAsync(default);
            await second.OpenAsync(default);
            Task<Guid> firstId, secondId;
            using (SqliteConnection other = Lock())
            {
                // The first takes the turn before it returns and keeps it until its transaction has begun; the second can only be behind it.
                firstId = first.AddAsync(TestJobs.New());
                secondId = second.AddAsync(TestJobs.New());
                Execute(other, "COMMIT");
            }

            Guid[] asked = [await firstId.WaitAsync(Hang), await secondId.WaitAsync(Hang)];
            Assert.Equal(asked, (await first.TakeAsync(2)).Select(j => j.Lease.JobId));
        }
    }

    [Fact]
    public async Task CallersGetAClearError_WhenTheStoreIsDisposedWhileTheyWaitForItToOpen()
    {
        await SqliteStores.Create(_database).DisposeAfterOpenAsync();
        SqliteJobStore store = SqliteStores.Create(_database);
        Task opening, waiting, disposal;
        using (SqliteConnection other = Lock())
        {
            opening = store.OpenAsync(default).AsTask();
            waiting = store.AddAsync(TestJobs.New());
            disposal = store.DisposeAsync().AsTask();
            Execute(other, "COMMIT");
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.WaitAsync(Hang));
        await opening.WaitAsync(Hang);
        await disposal.WaitAsync(Hang);
    }

    [Fact]
    public async Task AllFilesStayTogether_WhenThePathIsRelative()
    {
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.Combine(_database.Directory, "a b.db"));
        await using SqliteJobStore store = SqliteStores.Create(relative);
        await store.AddAsync(TestJobs.New());
        await store.WaitForWorkAsync(["default"], TimeSpan.FromTicks(1), default);

        string[] expected = OperatingSystem.IsWindows() ? ["a b.db", "a b.db.wake"] : ["a b.db", "a b.db.turn", "a b.db.wake"];
        string?[] names = [.. Directory.GetFiles(_database.Directory).Select(Path.GetFileName).Where(n => !n!.Contains('-'))];
        Assert.Equal(expected, names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task CancelledWriteChangesNothing_WhileItWaitsForTheLock()
    {
        await using SqliteJobStore store = SqliteStores.Create(_database);
        await store.OpenAsync(default);
        using (SqliteConnection other = Lock())
        {
            using var cancellation = new CancellationTokenSource();
            Task first = store.AddAsync(TestJobs.New());
            Task<IReadOnlyList<EnqueuedJob>> second = store.EnqueueAsync([TestJobs.New()], cancellation.Token).AsTask();
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(Hang));
            Execute(other, "COMMIT");
            await first.WaitAsync(Hang);
        }

        Assert.Equal(1, (await store.CountAsync(default)).Queued);
    }

    [Fact]
    public async Task WriteFailsWithAClearError_WhenTheLockIsHeldTooLong()
    {
        await using var store = new SqliteJobStore(
            new SqliteJobsOptions { Path = _database.Path, LockTimeout = TimeSpan.FromMilliseconds(20) }, TimeProvider.System);
        await store.OpenAsync(default);
        using SqliteConnection other = Lock();

        JobStoreException error = await Assert.ThrowsAsync<JobStoreException>(() => store.AddAsync(TestJobs.New()));

        Assert.Contains($"'{_database.Path}' is locked by another process", error.Message, StringComparison.Ordinal);
        Execute(other, "ROLLBACK");
        await store.AddAsync(TestJobs.New());
    }

    [Theory]
    [InlineData(99, "written by a later ProDev.Jobs.Sqlite")]
    [InlineData(0, "which no ProDev.Jobs.Sqlite ever wrote")]
    public async Task OpeningFails_WhenTheSchemaIsNotOurs(int version, string why)
    {
        await SqliteStores.Create(_database).DisposeAfterOpenAsync();
        using (SqliteConnection connection = Open())
            Execute(connection, $"UPDATE prodev_jobs_meta SET value = {version}");

        JobStoreException error = await OpeningErrorAsync(_database.Path);

        Assert.Contains($"schema version '{version}', {why}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JobsOfAnOlderSchemaAreKept_WhenItIsBroughtUpToDate()
    {
        using (SqliteConnection connection = Open())
        {
            Execute(connection, SqliteMigrations.Steps[0]);
            Execute(connection, "INSERT INTO prodev_jobs_queue (name) VALUES ('default')");
            Execute(
                connection,
                """
                INSERT INTO prodev_jobs_job (job_id, name, queue, priority, state, run_at, attempt, max_attempts, token, payload, extra, enqueued_at)
                VALUES (x'0199d1a0000070008000000000000001', 'old', 1, 0, 1, 5, 0, 5, 0, x'7b7d', '{"v":3,"headers":{"tenant":"a"}}', 5)
                """);
        }

        await using SqliteJobStore store = SqliteStores.Create(_database);
        LeasedJob job = await store.TakeOneAsync();

        Assert.Equal("old", job.Envelope.Name);
        Assert.Equal(3, job.Envelope.Version);
        Assert.Equal("a", job.Envelope.Headers["tenant"]);
        Assert.Equal([true], await store.CompleteAsync([job.Lease], default));
    }

    [Fact]
    public async Task JobsInEveryStateAreKept_WhenTwoStoresBringAnOlderFileUpToDateAtOnce()
    {
        using (SqliteConnection connection = Open())
        {
            Execute(connection, SqliteMigrations.Steps[0]);
            Execute(connection, "INSERT INTO prodev_jobs_queue (name) VALUES ('default')");
            Execute(
                connection,
                """
                INSERT INTO prodev_jobs_job
                    (job_id, name, queue, priority, state, run_at, attempt, max_attempts, token, deadline, payload, enqueued_at, finished_at, reason, error)
                VALUES (x'00000000000000000000000000000000', 'a', 1, 0, 0, 9000000000000, 1, 5, 1, NULL, x'7b7d', 5, NULL, NULL, 'once'),
                       (x'00000000000000000000000000000001', 'a', 1, 0, 1, 5, 0, 5, 0, NULL, x'7b7d', 5, NULL, NULL, NULL),
                       (x'00000000000000000000000000000002', 'a', 1, 0, 2, 5, 1, 5, 1, 9000000000000, x'7b7d', 5, NULL, NULL, NULL),
                       (x'00000000000000000000000000000003', 'a', 1, 0, 3, 5, 1, 5, 1, NULL, NULL, 5, 6, NULL, NULL),
                       (x'00000000000000000000000000000004', 'a', 1, 0, 4, 5, 5, 5, 5, NULL, x'7b7d', 5, 6, 0, 'no')
                """);
        }

        await using SqliteJobStore one = SqliteStores.Create(_database);
        await using SqliteJobStore two = SqliteStores.Create(_database);
        await Task.WhenAll(one.OpenAsync(default).AsTask(), two.OpenAsync(default).AsTask());

        Assert.Equal(new JobCounts { Scheduled = 1, Queued = 1, Running = 1, Succeeded = 1, DeadLettered = 1 }, await two.CountAsync(default));
        Guid[] ids = [.. Enumerable.Range(0, 5).Select(i => new Guid([.. new byte[15], (byte)i], bigEndian: true))];
        Assert.Equal([false, false, false, false, true], await one.ReplayAsync(ids, default));
        Assert.Equal(
            [JobRevocation.Revoked, JobRevocation.Revoked, JobRevocation.Requested, JobRevocation.TooLate, JobRevocation.Revoked],
            await two.RevokeAsync(ids, default));
        Assert.Equal([true], await one.ReturnAsync([new JobLease(ids[2], 1, 3)], default));
        Assert.Equal(5, await two.PruneAsync(TimeSpan.Zero, 10, default));
    }

    [Fact]
    public async Task OpeningFailsAndLeavesTheFileAsItIs_WhenItIsNoDatabase()
    {
        byte[] text = [.. Enumerable.Repeat((byte)'x', 5000)];
        await File.WriteAllBytesAsync(_database.Path, text);

        JobStoreException error = await OpeningErrorAsync(_database.Path);

        Assert.Contains("is not a SQLite database", error.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllBytesAsync(_database.Path));
    }

    [Fact]
    public async Task OpeningFails_WhenTheDirectoryDoesNotExist()
    {
        string path = Path.Combine(_database.Directory, "nowhere", "jobs.db");

        JobStoreException error = await OpeningErrorAsync(path);

        Assert.Contains($"the directory '{Path.GetDirectoryName(path)}' does not exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpeningFails_WhenThePathIsADirectory()
        => Assert.Contains("cannot be opened or created", (await OpeningErrorAsync(_database.Directory)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task StoreCanBeOpenedLater_WhenTheFirstTryFailed()
    {
        string directory = Path.Combine(_database.Directory, "later");
        await using SqliteJobStore store = SqliteStores.Create(Path.Combine(directory, "jobs.db"));
        await Assert.ThrowsAsync<JobStoreException>(() => store.AddAsync(TestJobs.New()));

        Directory.CreateDirectory(directory);

        await store.AddAsync(TestJobs.New());
    }

    [Fact]
    public async Task OtherTablesAreLeftAlone_WhenTheFileIsSharedWithTheApplication()
    {
        using (SqliteConnection connection = Open())
            Execute(connection, "CREATE TABLE city (name TEXT); INSERT INTO city VALUES ('Paris')");

        await SqliteStores.Create(_database).DisposeAfterOpenAsync();

        using SqliteConnection again = Open();
        using SqliteCommand command = again.CreateCommand();
        command.CommandText = "SELECT name FROM city";
        Assert.Equal("Paris", command.ExecuteScalar());
    }

    [Theory]
    [InlineData("UTF-16le")]
    [InlineData("UTF-16be")]
    public async Task TextIsReadAsItWasWritten_WhenTheFileIsInUtf16(string encoding)
    {
        using (SqliteConnection connection = Open())
            Execute(connection, $"PRAGMA encoding = '{encoding}'; CREATE TABLE city (name TEXT)");
        await using SqliteJobStore store = SqliteStores.Create(_database);
        JobEnvelope plain = TestJobs.New(name: "städte.☃", key: "schlüssel-𝄞") with { TraceState = "a=ß" };
        JobEnvelope limited = TestJobs.New(name: "", key: "") with { Group = new JobGroup("grün", 2) };

        await store.EnqueueAsync([plain, limited], default);

        JobEnvelope[] read = [.. (await store.TakeAsync()).Select(j => j.Envelope)];
        Assert.Equal((plain.Name, plain.IdempotencyKey, plain.TraceState), (read[0].Name, read[0].IdempotencyKey, read[0].TraceState));
        Assert.Equal((limited.Name, limited.IdempotencyKey, limited.Group), (read[1].Name, read[1].IdempotencyKey, read[1].Group));
    }

    [Fact]
    public async Task UseFails_WhenTheStoreIsDisposed()
    {
        SqliteJobStore store = SqliteStores.Create(_database);
        await store.DisposeAfterOpenAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.AddAsync(TestJobs.New()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":memory:")]
    [InlineData("file:jobs.db?mode=memory")]
    public void OptionsAreRefused_WhenThePathIsNoFile(string path)
    {
        var services = new ServiceCollection();
        services.AddProDevJobs().UseSqlite(o => (o.Path, o.LockTimeout, o.ProbeInterval) = (path, TimeSpan.Zero, TimeSpan.Zero));
        using ServiceProvider provider = services.BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IJobStore>());

        Assert.Equal(3, error.Failures.Count());
        Assert.Contains($"SqliteJobsOptions.Path is '{path}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClaimsAndRescuesUseTheirIndexes_WhateverTheSizeOfTheTable()
    {
        await SqliteStores.Create(_database).DisposeAfterOpenAsync();
        using SqliteConnection connection = Open();

        Assert.Contains(
            "USING COVERING INDEX prodev_jobs_job_queued (queue=?)",
            Plan(connection, "SELECT id FROM prodev_jobs_job WHERE state = 1 AND queue = 1 ORDER BY priority DESC, run_at, id LIMIT 9"),
            StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", Plan(connection, "SELECT id FROM prodev_jobs_job WHERE state = 1 AND queue = 1 ORDER BY priority DESC, run_at, id LIMIT 9"), StringComparison.Ordinal);
        Assert.Contains("prodev_jobs_job_scheduled", Plan(connection, "UPDATE prodev_jobs_job SET state = 1 WHERE state = 0 AND run_at <= 5"), StringComparison.Ordinal);
        Assert.Contains("prodev_jobs_job_running", Plan(connection, "SELECT id FROM prodev_jobs_job WHERE state = 2 AND deadline <= 5 ORDER BY deadline"), StringComparison.Ordinal);
        Assert.Contains("prodev_jobs_job_ended", Plan(connection, "SELECT id FROM prodev_jobs_job WHERE state IN (3, 5) AND finished_at <= 5 ORDER BY finished_at"), StringComparison.Ordinal);
        Assert.Contains(
            "INTEGER PRIMARY KEY", Plan(connection, "UPDATE prodev_jobs_job SET state = 3 WHERE id = 1 AND token = 2 AND state = 2"), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<Guid>> TakeAllAsync(SqliteJobStore store)
    {
        var taken = new List<Guid>();
        while (await store.TakeAsync(7) is { Count: > 0 } jobs)
            taken.AddRange(jobs.Select(j => j.Lease.JobId));
        return taken;
    }

    private static async Task<JobStoreException> OpeningErrorAsync(string path)
    {
        await using SqliteJobStore store = SqliteStores.Create(path);
        return await Assert.ThrowsAsync<JobStoreException>(() => store.OpenAsync(default).AsTask());
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_database.Path};Pooling=False");
        connection.Open();
        return connection;
    }

    private SqliteConnection Lock()
    {
        SqliteConnection connection = Open();
        Execute(connection, "BEGIN IMMEDIATE");
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Plan(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        using SqliteDataReader row = command.ExecuteReader();
        var lines = new List<string>();
        while (row.Read())
            lines.Add(row.GetString(3));
        return string.Join("; ", lines);
    }
}
