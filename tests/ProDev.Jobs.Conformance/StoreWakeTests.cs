namespace ProDev.Jobs.Conformance;

/// <summary>Waiting for work. The clock stands still, so only a signal or the clock's own advance can end a wait. Needs no ability.</summary>
public abstract class StoreWakeTests : StoreTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    /// <summary>Real time after which a wait that should have ended is reported as hanging.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task WaitEnds_WhenAJobIsEnqueued()
    {
        Task wait = Wait();
        await Store.AddAsync(TestJobs.New());
        await wait.WaitAsync(Hang);
    }

    [Fact]
    public async Task WaitEnds_WhenAJobIsReturned()
    {
        await Store.AddAsync(TestJobs.New());
        LeasedJob job = await Store.TakeOneAsync();
        Task wait = Wait();
        await Store.ReturnAsync([job.Lease], default);
        await wait.WaitAsync(Hang);
    }

    [Fact]
    public async Task WaitEnds_AtItsTimeout()
    {
        Task wait = Store.WaitForWorkAsync(["default"], TimeSpan.FromMilliseconds(50), default);
        Time.Advance(TimeSpan.FromMilliseconds(50));
        await wait.WaitAsync(Hang);
    }

    [Fact]
    public async Task WaitIsCancelled_WhenTheCallerCancels()
    {
        using var cancellation = new CancellationTokenSource();
        Task wait = Store.WaitForWorkAsync(["default"], Long, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(Hang));
    }

    [Fact]
    public async Task EveryoneWhoWaitsIsWoken_WhenAJobIsEnqueued()
    {
        Task[] waits = [.. Enumerable.Range(0, 5).Select(_ => Wait())];
        await Store.AddAsync(TestJobs.New());
        await Task.WhenAll(waits).WaitAsync(Hang);
    }

    private Task Wait() => Store.WaitForWorkAsync(["default"], Long, default);
}
