using System.Collections.Concurrent;
using Npgsql;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.PostgreSql.Tests;

/// <summary>A server that is away, comes back, or throws everybody out.</summary>
[Trait("Requires", "PostgreSQL")]
public sealed class LostServerTests : IAsyncLifetime
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    private readonly TempSchema _schema = new();
    private TcpProxy _proxy = null!;

    public Task InitializeAsync()
    {
        var settings = new NpgsqlConnectionStringBuilder(TestPostgres.ConnectionString);
        _proxy = new TcpProxy(settings.Host!, settings.Port);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _schema.Dispose();
    }

    [Fact]
    public async Task StoreFailsAndThenWorks_WhenTheServerComesUpLater()
    {
        _proxy.Cut();
        await using PostgreSqlJobStore store = CreateStore();
        JobStoreException error = await Assert.ThrowsAsync<JobStoreException>(() => store.OpenAsync(default).AsTask());
        await Assert.ThrowsAsync<JobStoreException>(() => store.AddAsync(TestJobs.New()));
        await Assert.ThrowsAsync<JobStoreException>(() => store.TakeAsync());
        Assert.Contains($"The job database '127.0.0.1:{_proxy.Port}/", error.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be reached, or the connection was lost", error.Message, StringComparison.Ordinal);

        _proxy.Mend();

        await store.AddAsync(TestJobs.New());
        await store.TakeOneAsync();
    }

    [Fact]
    public async Task JobsAreStillThere_WhenTheServerWasAwayForAWhile()
    {
        await using PostgreSqlJobStore store = CreateStore();
        await store.EnqueueAsync(TestJobs.Many(3), default);
        LeasedJob job = await store.TakeOneAsync();
        _proxy.Cut();
        await Assert.ThrowsAsync<JobStoreException>(async () => await store.CompleteAsync([job.Lease], default));

        _proxy.Mend();

        Assert.Equal([true], await UntilItWorksAsync(() => store.CompleteAsync([job.Lease], default)));
        Assert.Equal(new JobCounts { Queued = 2, Succeeded = 1 }, await store.CountAsync(default));
    }

    [Fact]
    public async Task EveryJobIsDoneAndNoneTwice_WhenAllConnectionsAreTerminatedAgainAndAgain()
    {
        const int Count = 400;
        await using PostgreSqlJobStore client = CreateStore();
        await using PostgreSqlJobStore worker = CreateStore();
        await Task.WhenAll(client.OpenAsync(default).AsTask(), worker.OpenAsync(default).AsTask());
        JobEnvelope[] jobs = TestJobs.Many(Count, _ => TestJobs.New(maxAttempts: 100));
        var done = new ConcurrentDictionary<Guid, int>();
        int kills = 0, failures = 0;

        Task producing = Task.Run(async () =>
        {
            foreach (JobEnvelope job in jobs)
                await UntilItWorksAsync(() => client.EnqueueAsync([job], default), () => Interlocked.Increment(ref failures));
        });
        Task consuming = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (done.Count < Count)
            {
                IReadOnlyList<LeasedJob> taken = await UntilItWorksAsync(
                    () => worker.FetchAsync(new() { Queues = ["default"], Maximum = 5, Lease = TimeSpan.FromSeconds(1), Worker = "w" }, default),
                    () => Interlocked.Increment(ref failures));
                if (taken.Count == 0)
                {
                    // A fetch whose answer was lost comes back when its lease ends.
                    await UntilItWorksAsync(() => worker.RescueAsync(100, default));
                    await Task.Delay(5);
                    continue;
                }

                foreach (LeasedJob job in taken)
                {
                    // Whoever asks again because the answer was lost is told that the lease is gone: the job was completed.
                    await UntilItWorksAsync(() => worker.CompleteAsync([job.Lease], default), () => Interlocked.Increment(ref failures));
                    done.AddOrUpdate(job.Lease.JobId, 1, (_, n) => n + 1);
                }
            }
        })));
        Task all = Task.WhenAll(producing, consuming);
        while (!all.IsCompleted)
        {
            kills += (int)_schema.Scalar(
                $"SELECT count(pg_terminate_backend(pid))::integer FROM pg_stat_activity WHERE application_name = '{_schema.Name}'")!;
            await Task.WhenAny(all, Task.Delay(50));
        }

        await all.WaitAsync(Hang);
        Assert.True(kills > 0 && failures > 0, $"{kills} connections were terminated, {failures} calls failed.");
        Assert.Equal(new JobCounts { Succeeded = Count }, await UntilItWorksAsync(() => client.CountAsync(default)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StoreIsDisposed_WhenTheNetworkIsPartedWhileItListens(bool isOfTheApplication)
    {
        await using var source = NpgsqlDataSource.Create(ThroughTheProxy());
        PostgreSqlJobStore store = _schema.CreateStore(configure: o =>
        {
            (o.ConnectionString, o.DataSource) = (isOfTheApplication ? null : ThroughTheProxy(), source);
        });
        await store.OpenAsync(default);
        _ = store.WaitForEndAsync(null, TimeSpan.Zero, default);
        while (_schema.Scalar($"SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%{_schema.Name}_wake\"' AND state = 'idle'") is 0L)
            await Task.Delay(1);
        _proxy.Freeze();

        await store.DisposeAsync().AsTask().WaitAsync(Hang / 2);
    }

    private PostgreSqlJobStore CreateStore() => _schema.CreateStore(configure: o => o.ConnectionString = ThroughTheProxy());

    private string ThroughTheProxy() => new NpgsqlConnectionStringBuilder(TestPostgres.ConnectionString)
    {
        Host = "127.0.0.1",
        Port = _proxy.Port,
        ApplicationName = _schema.Name,
    }.ConnectionString;

    private static async Task<T> UntilItWorksAsync<T>(Func<ValueTask<T>> call, Action? failed = null)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (JobStoreException)
            {
                failed?.Invoke();
                await Task.Delay(1);
            }
        }
    }
}
