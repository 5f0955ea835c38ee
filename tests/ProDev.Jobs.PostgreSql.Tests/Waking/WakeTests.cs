using Microsoft.Extensions.Time.Testing;
using Npgsql;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.PostgreSql.Tests;

/// <summary>Two stores as two processes would have them. The clocks stand still, so only a notification can end a wait.</summary>
[Trait("Requires", "PostgreSQL")]
public sealed class WakeTests : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly TempSchema _schema = new();

    public void Dispose() => _schema.Dispose();

    [Fact]
    public async Task WorkerIsWoken_WhenAnotherStoreEnqueues()
    {
        await using PostgreSqlJobStore worker = Create();
        await using PostgreSqlJobStore client = Create();
        Task wait = await ListeningWaitAsync(worker);

        await client.AddAsync(TestJobs.New());

        await wait.WaitAsync(Hang);
        await worker.TakeOneAsync();
    }

    [Fact]
    public async Task WorkerIsWoken_WhenAPlaceIsFreeInAnotherStore()
    {
        await using PostgreSqlJobStore worker = Create();
        await using PostgreSqlJobStore other = Create();
        await other.EnqueueAsync(TestJobs.Many(2, _ => TestJobs.New() with { Group = new JobGroup("customer", 1) }), default);
        LeasedJob first = await other.TakeOneAsync();
        Assert.Empty(await worker.TakeAsync());
        Task wait = await ListeningWaitAsync(worker);

        await other.CompleteAsync([first.Lease], default);

        await wait.WaitAsync(Hang);
        await worker.TakeOneAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WorkerIsWoken_WhenATransactionThatEnqueuedIsCommitted(bool byItself)
    {
        await using PostgreSqlJobStore worker = Create();
        await using PostgreSqlJobStore other = Create();
        Task wait = await ListeningWaitAsync(worker);
        await using NpgsqlConnection connection = TempSchema.Open();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();

        await (byItself ? worker : other).EnqueueAsync([TestJobs.New()], transaction, default);
        Assert.False(wait.IsCompleted);
        await transaction.CommitAsync();

        await wait.WaitAsync(Hang);
        await worker.TakeOneAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public async Task WhoWaitsForAJobIsWoken_WhenAnotherStoreEndsIt(int jobs)
    {
        await using PostgreSqlJobStore worker = Create();
        await using PostgreSqlJobStore client = Create();
        await ListeningWaitAsync(worker);

        // The first rounds may be too early: the client does not listen yet, or the worker has not heard that somebody waits.
        using var hang = new CancellationTokenSource(Hang);
        Task waiting;
        do
        {
            await client.EnqueueAsync(TestJobs.Many(jobs), default);
            IReadOnlyList<LeasedJob> leased = await worker.TakeAsync(jobs);
            waiting = client.WaitForEndAsync(leased[^1].Lease.JobId, Long, hang.Token);
            await worker.CompleteAsync([.. leased.Select(static j => new JobCompletion(j.Lease))], default);
            await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromMilliseconds(200), hang.Token));
        }
        while (!waiting.IsCompleted);

        await waiting;
    }

    [Fact]
    public async Task WorkerListens_WhenItHasEndedAJobAndNeverWaited()
    {
        await using PostgreSqlJobStore worker = Create();
        await worker.AddAsync(TestJobs.New());

        await worker.CompleteAsync([(await worker.TakeOneAsync()).Lease], default);

        using var hang = new CancellationTokenSource(Hang);
        while (ListenerPid() is null)
            await Task.Delay(1, hang.Token);
    }

    [Fact]
    public async Task EveryCallIsFollowedByANotification_AlsoWithinThePauseAfterAnother()
    {
        await using PostgreSqlJobStore client = Create();
        await client.OpenAsync(default);
        using NpgsqlConnection listening = TempSchema.Open();
        using (var listen = new NpgsqlCommand($"LISTEN {_schema.Name}_wake", listening))
            listen.ExecuteNonQuery();

        for (int i = 0; i < 20; i++)
        {
            await client.AddAsync(TestJobs.New());
            Assert.True(await listening.WaitAsync(Hang), $"No notification followed job {i}.");
        }
    }

    [Fact]
    public async Task WorkerListensAgain_WhenItsConnectionWasCut()
    {
        await using PostgreSqlJobStore worker = Create();
        await using PostgreSqlJobStore client = Create();
        Task wait = await ListeningWaitAsync(worker);
        int pid = ListenerPid()!.Value;

        _schema.Scalar($"SELECT pg_terminate_backend({pid})");

        // Once it listens again it wakes everybody, because something may have been missed.
        await wait.WaitAsync(Hang);
        Task next = await ListeningWaitAsync(worker);
        Assert.NotEqual(pid, ListenerPid());
        await client.AddAsync(TestJobs.New());
        await next.WaitAsync(Hang);
    }

    [Fact]
    public async Task NobodyListensAndTheWorkerStillFindsTheJob_WhenListeningIsOff()
    {
        await using PostgreSqlJobStore worker = Create(o => o.Listen = false);
        await using PostgreSqlJobStore client = Create(o => o.Listen = false);
        await client.OpenAsync(default);
        Task wait = worker.WaitForWorkAsync(["default"], Long, default);

        await client.AddAsync(TestJobs.New());

        Assert.Null(ListenerPid());
        Assert.False(wait.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await wait.WaitAsync(Hang);
        await worker.TakeOneAsync();
        Assert.Null(ListenerPid());
    }

    [Fact]
    public async Task OnlyOneConnectionListens_WhenManyWait()
    {
        await using PostgreSqlJobStore worker = Create();
        await ListeningWaitAsync(worker);
        Task[] waits = [.. Enumerable.Range(0, 10).Select(_ => worker.WaitForWorkAsync(["default"], Long, default))];

        await worker.AddAsync(TestJobs.New());

        await Task.WhenAll(waits).WaitAsync(Hang);
        Assert.Equal(1L, _schema.Scalar($"SELECT count(*) FROM pg_stat_activity WHERE query = 'LISTEN \"{_schema.Name}_wake\"'"));
    }

    [Fact]
    public async Task LastNotificationIsSent_WhenTheStoreIsDisposedAtOnce()
    {
        await using PostgreSqlJobStore worker = Create();
        Task wait = await ListeningWaitAsync(worker);
        await using (PostgreSqlJobStore client = Create())
            await client.AddAsync(TestJobs.New());

        await wait.WaitAsync(Hang);
    }

    private PostgreSqlJobStore Create(Action<PostgreSqlJobsOptions>? configure = null)
        => _schema.CreateStore(_time, o =>
        {
            o.PollInterval = TimeSpan.FromSeconds(1);
            configure?.Invoke(o);
        });

    /// <summary>A wait that began after the store had begun to listen. The first wait ends by itself when the connection stands.</summary>
    private async Task<Task> ListeningWaitAsync(PostgreSqlJobStore store)
    {
        while (ListenerPid() is null)
        {
            Task first = store.WaitForWorkAsync(["default"], Long, default);
            await Task.WhenAny(first, Task.Delay(20));
        }

        // Whatever the connection's start still pulses has come once a further notification has.
        await using (PostgreSqlJobStore other = Create())
        {
            Task wait = store.WaitForWorkAsync(["default"], Long, default);
            await other.AddAsync(TestJobs.New(queue: "probe"));
            await wait.WaitAsync(Hang);
        }

        return store.WaitForWorkAsync(["default"], Long, default);
    }

    private int? ListenerPid()
        => (int?)_schema.Scalar($"SELECT pid FROM pg_stat_activity WHERE query = 'LISTEN \"{_schema.Name}_wake\"' AND state = 'idle' LIMIT 1");
}
