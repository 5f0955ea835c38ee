using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs.Sqlite.Tests;

/// <summary>A worker process is killed at random points, again and again.</summary>
public sealed class KilledWorkerTests : IDisposable
{
    private const int Kills = 6;
    private const int JobsPerKill = 60;
    private const int Count = Kills * JobsPerKill;

    /// <summary>Running ones, as many as may wait, and as many again whose outcomes are being written.</summary>
    private const int HeldAtMost = 12;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly TempDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task NothingIsLostOrCompletedTwice_WhenAWorkerIsKilledAtRandomPoints()
    {
        var random = new Random(20261123);
        var ledger = new Ledger(Path.Combine(_database.Directory, "ledger"));
        await using ServiceProvider services = Services();
        IJobClient client = services.GetRequiredService<IJobClient>();
        var handles = new List<JobHandle>();

        for (int kill = 0; kill < Kills; kill++)
        {
            // A point inside the work: after so many more starts of jobs, and a random moment of a few milliseconds.
            IEnumerable<int> numbers = Enumerable.Range(kill * JobsPerKill, JobsPerKill);
            handles.AddRange(await client.EnqueueManyAsync(numbers.Select(i => new LedgerJob.Args(i))));
            int enough = ledger.Read().Count + random.Next(1, JobsPerKill / 2);
            using Process worker = Start();
            await UntilAsync(() => Task.FromResult(ledger.Read().Count >= enough), worker);
            await Task.Delay(random.Next(0, 10));
            worker.Kill();
            await worker.WaitForExitAsync();
        }

        using (Process last = Start())
        {
            await UntilAsync(async () => (await client.CountAsync()).Pending == 0, last);
            last.Kill();
            await last.WaitForExitAsync();
        }

        IReadOnlyList<Ledger.Entry> entries = ledger.Read();
        Assert.Equal(new JobCounts { Succeeded = Count }, await client.CountAsync());
        Assert.Equal(Enumerable.Range(0, Count), entries.Select(e => e.Number).Distinct().Order());
        Assert.Equal(handles.Select(h => h.Id).Order(), entries.Select(e => e.Id).Distinct().Order());

        // Each run had a lease of its own, and only what a killed worker held has run again.
        Assert.Equal(entries.Count, entries.Select(e => (e.Id, e.Token)).Distinct().Count());
        Assert.InRange(entries.Count, Count, Count + (Kills * HeldAtMost));
        foreach (JobHandle handle in handles)
        {
            JobInfo job = (await client.FindAsync(handle.Id))!;
            Assert.InRange(entries.Count(e => e.Id == handle.Id), 1, job.Attempt);
        }

        Assert.Equal("ok", Scalar("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task ChordClosesExactlyOnce_WhenItsWorkersAreKilledAtRandomPoints()
    {
        const int Members = 40;
        var random = new Random(20261127);
        var ledger = new Ledger(Path.Combine(_database.Directory, "ledger"));
        await using ServiceProvider services = Services();
        IJobClient client = services.GetRequiredService<IJobClient>();
        Canvas step = Canvas.Map(Enumerable.Range(0, Members).Select(i => new LedgerJob.Args(i))).Then(Canvas.Job(new LedgerJob.Args(1000)));
        CanvasHandle handle = await client.EnqueueCanvasAsync(step.Then(step).Then(Canvas.Job(new LedgerJob.Args(2000))));

        while ((await client.FindAsync(handle.JobIds[^1]))?.State != JobState.Succeeded)
        {
            int enough = ledger.Read().Count + random.Next(1, Members / 2);
            using Process worker = Start();
            await UntilAsync(
                async () => ledger.Read().Count >= enough || (await client.FindAsync(handle.JobIds[^1]))?.State == JobState.Succeeded, worker);
            await Task.Delay(random.Next(0, 10));
            worker.Kill();
            await worker.WaitForExitAsync();
        }

        // Every job of the plan is there once, under the id that it had from the start.
        Assert.Equal((2 * (Members + 1)) + 1, handle.JobIds.Distinct().Count());
        Assert.Equal(new JobCounts { Succeeded = handle.JobIds.Count }, await client.CountAsync());
        Assert.Equal(handle.JobIds.Order(), ledger.Read().Select(e => e.Id).Distinct().Order());
        Assert.Equal(0L, Scalar("SELECT (SELECT count(*) FROM prodev_jobs_join) + (SELECT count(*) FROM prodev_jobs_join_count)"));
        Assert.Equal("ok", Scalar("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task FileIsUsable_WhenAProcessIsKilledWhileItCreatesTheFile()
    {
        for (int i = 0; i < 3; i++)
        {
            using Process worker = Start();
            await Task.Delay(60 * i);
            worker.Kill();
            await worker.WaitForExitAsync();
        }

        await using ServiceProvider services = Services();
        await services.GetRequiredService<IJobClient>().EnqueueAsync(new LedgerJob.Args(1));
        Assert.Equal("ok", Scalar("PRAGMA integrity_check"));
    }

    private ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddSingleton(new Ledger(Path.Combine(_database.Directory, "unused")));
        services.AddProDevJobs().UseSqlite(_database.Path).AddJobsFromThisAssembly();
        return services.BuildServiceProvider();
    }

    private Process Start() => Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
    {
        ArgumentList = { "exec", typeof(Program).Assembly.Location, _database.Path, Path.Combine(_database.Directory, "ledger") },
    })!;

    private object? Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_database.Path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>The limit is real time and only ends a test that hangs.</summary>
    private static async Task UntilAsync(Func<Task<bool>> condition, Process worker)
    {
        long started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.False(worker.HasExited, "The worker ended by itself.");
            Assert.True(Stopwatch.GetElapsedTime(started) < Hang, "The test hangs.");
            await Task.Delay(2);
        }
    }
}
