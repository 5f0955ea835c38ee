using Microsoft.Extensions.Time.Testing;

namespace ProDev.Jobs.Broker.Tests;

/// <summary>Workers on a broker that has neither delays nor a store beside it.</summary>
public sealed class BrokerAloneWorkerTests : IAsyncLifetime
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly List<WorkerProcess> _processes = [];
    private readonly Ledger _ledger = new();
    private TestBroker _broker = null!;

    public Task InitializeAsync()
    {
        _broker = new TestBroker(_time, hasDelays: false, hasPriorities: false);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (WorkerProcess process in _processes)
            await process.DisposeAsync();
        _broker.Dispose();
    }

    [Fact]
    public async Task EachJobRunsOnce_WhenNothingGoesWrong()
    {
        WorkerProcess first = await StartAsync();
        await StartAsync();

        await first.Client.EnqueueManyAsync(Enumerable.Range(0, 100).Select(static i => new MemberJob.Args(i)));

        await UntilAsync(() => _broker.CountAll() == 0);
        Assert.Equal(100, _ledger.Runs.Select(static r => r.Id).Distinct().Count());
        Assert.Equal(100, _ledger.Runs.Count);
    }

    [Fact]
    public async Task JobIsTriedAgainAfterItsDelay_WhenItFails()
    {
        int runs = 0;
        _ledger.Member = (_, _) => ++runs == 1 ? throw new InvalidOperationException("once") : Task.CompletedTask;
        WorkerProcess process = await StartAsync();

        await process.Client.EnqueueAsync(new MemberJob.Args(1));

        await UntilAsync(() => runs == 1);
        DateTimeOffset failed = _time.GetUtcNow();
        await UntilAsync(() => _broker.CountAll() == 0, TimeSpan.FromMilliseconds(100));
        Assert.Equal([1, 2], _ledger.Runs.Select(static r => r.Attempt));
        Assert.True(_time.GetUtcNow() - failed >= TimeSpan.FromSeconds(1), "It did not wait for its second attempt.");
    }

    [Fact]
    public async Task JobGoesToTheDeadLetterQueueWithItsArgumentsAndReason_WhenItsAttemptsAreUsedUp()
    {
        _ledger.Member = static (_, _) => throw new InvalidOperationException("broken for good");
        WorkerProcess process = await StartAsync();

        JobHandle job = await process.Client.EnqueueAsync(new MemberJob.Args(7), o => o.MaxAttempts = 2);

        BrokerMessage dead = await UntilDeadAsync();
        JobEnvelope envelope = JobEnvelopeCodec.Read(dead.Body.Span);
        Assert.Equal((job.Id, "{\"number\":7}"), (envelope.Id, System.Text.Encoding.UTF8.GetString(envelope.Payload.Span)));
        Assert.Equal(nameof(DeadLetterReason.AttemptsExhausted), dead.Headers[JobMessage.Reason]);
        Assert.Contains("broken for good", dead.Headers[JobMessage.Error], StringComparison.Ordinal);
        Assert.Equal([1, 2], _ledger.Runs.Select(static r => r.Attempt));
        Assert.Equal(1, _broker.CountAll());
    }

    [Fact]
    public async Task StepsAreRefusedInTheJob_BecauseNobodyWouldKeepThem()
    {
        WorkerProcess process = await StartAsync();

        await process.Client.EnqueueAsync(new SteppingJob.Args(), o => o.MaxAttempts = 1);

        Assert.Contains("cannot keep progress and steps", (await UntilDeadAsync()).Headers[JobMessage.Error], StringComparison.Ordinal);
    }

    [Fact]
    public async Task MessageGoesToTheDeadLetterQueue_WhenItIsNoJob()
    {
        await StartAsync();

        await _broker.Connect().PublishAsync("default", new BrokerMessage("nonsense"u8.ToArray()));

        Assert.Contains("is no job", (await UntilDeadAsync()).Headers[JobMessage.Error], StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunningJobEndsAndTheOthersGoBackUncharged_WhenTheWorkerStops()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ledger.Member = (_, _) => release.Task;
        WorkerProcess first = await StartAsync(concurrency: 1);
        await first.Client.EnqueueManyAsync(Enumerable.Range(0, 5).Select(static i => new MemberJob.Args(i)));
        await UntilAsync(() => _ledger.Runs.Count == 1);

        Task stopping = first.StopAsync();
        await UntilAsync(() => _broker.Peek("default").Count == 4);
        release.SetResult();
        await stopping.WaitAsync(Hang);
        Assert.Equal(4, _broker.CountAll());

        await StartAsync();
        await UntilAsync(() => _broker.CountAll() == 0);
        Assert.Equal(5, _ledger.Runs.Count);
        Assert.All(_ledger.Runs, static r => Assert.Equal(1, r.Attempt));
    }

    [Fact]
    public async Task JobIsCancelledAndRunsElsewhereAsTheNextAttempt_WhenItsConnectionIsLost()
    {
        var cancelled = new TaskCompletionSource();
        int runs = 0;
        _ledger.Member = async (_, token) =>
        {
            if (Interlocked.Increment(ref runs) > 1)
                return;
            await Task.Delay(Timeout.InfiniteTimeSpan, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancelled.TrySetResult();
        };
        WorkerProcess first = await StartAsync();
        await first.Client.EnqueueAsync(new MemberJob.Args(1));
        await UntilAsync(() => runs == 1);
        await StartAsync();

        first.Fuse.Cut();

        await UntilAsync(() => cancelled.Task.IsCompleted && _broker.CountAll() == 0, TimeSpan.FromSeconds(1));
        Assert.Equal([1, 2], _ledger.Runs.Select(static r => r.Attempt));
    }

    [Fact]
    public async Task JobIsGivenUpAsWorkerLost_WhenEveryHolderDies()
    {
        WorkerProcess client = await StartAsync(hasWorker: false);
        await client.Client.EnqueueAsync(new MemberJob.Args(1), o => o.MaxAttempts = 3);
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            using var doomed = new BrokerJobStore(_broker, _time);
            Assert.Equal(attempt, Assert.Single(await FetchAsync(doomed)).Attempt);
        }

        using var last = new BrokerJobStore(_broker, _time);
        Assert.Empty(await FetchAsync(last));

        BrokerMessage dead = await UntilDeadAsync();
        Assert.Equal(nameof(DeadLetterReason.WorkerLost), dead.Headers[JobMessage.Reason]);
        Assert.Contains("Attempt 3 of 3 never answered", dead.Headers[JobMessage.Error], StringComparison.Ordinal);
    }

    [Fact]
    public async Task JobRunsAgain_WhenItsDeliveryIsDoubled()
    {
        _broker.DoubleDeliveries(1);
        WorkerProcess process = await StartAsync();

        await process.Client.EnqueueAsync(new MemberJob.Args(1));

        // At least once is all that a broker alone can promise: nobody knows that it has ended.
        await UntilAsync(() => _broker.CountAll() == 0);
        Assert.Equal(2, _ledger.Runs.Count);
        Assert.Single(_ledger.Runs.Select(static r => r.Id).Distinct());
    }

    [Fact]
    public async Task EnqueuerHearsOfIt_WhenAConfirmIsLost_AndTheJobMayRun()
    {
        WorkerProcess process = await StartAsync();
        _broker.LoseConfirms(1);

        await Assert.ThrowsAsync<JobStoreException>(() => process.Client.EnqueueAsync(new MemberJob.Args(1)));

        await UntilAsync(() => _broker.CountAll() == 0);
        Assert.Single(_ledger.Runs);
    }

    private static async Task<IReadOnlyList<LeasedJob>> FetchAsync(BrokerJobStore store) => await store.FetchAsync(
        new FetchRequest { Queues = ["default"], Maximum = 10, Lease = TimeSpan.FromSeconds(30), Worker = "test" }, default);

    private async Task<WorkerProcess> StartAsync(bool hasWorker = true, int concurrency = 2)
    {
        var process = new WorkerProcess(fuse => new BrokerJobStore(_broker, _time, tap: fuse.Tap), _time, _ledger, hasWorker, concurrency);
        _processes.Add(process);
        await process.StartAsync();
        return process;
    }

    private async Task<BrokerMessage> UntilDeadAsync()
    {
        await UntilAsync(() => _broker.Peek(BrokerJobStore.DeadLettersOf("default")).Count == 1, TimeSpan.FromMilliseconds(100));
        return _broker.Peek(BrokerJobStore.DeadLettersOf("default"))[0];
    }

    private async Task UntilAsync(Func<bool> condition, TimeSpan advance = default)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Hang, $"The test hangs with {_broker.CountAll()} messages and {_ledger.Runs.Count} runs.");
            _time.Advance(advance);
            await Task.Delay(1);
        }
    }
}
