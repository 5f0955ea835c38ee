namespace ProDev.Jobs.Conformance;

/// <summary>Waiting for jobs that become ready a second time, or late.</summary>
public abstract class StoreWakeAgainTests : StoreTests
{
    /// <summary>Real time after which a wait that should have ended is reported as hanging.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task WaitEnds_WhenALostJobIsRescued()
    {
        await Store.AddAsync(TestJobs.New());
        await Store.TakeOneAsync();
        Time.Advance(TestJobs.Lease);
        Task wait = Wait();
        await Store.RescueAsync(10, default);
        await wait.WaitAsync(Hang);
    }

    [Fact]
    public async Task WaitEnds_WhenADeadLetterIsReplayed()
    {
        Guid id = await Store.AddAsync(TestJobs.New());
        await Store.DeadLetterAsync([new JobDeath((await Store.TakeOneAsync()).Lease, DeadLetterReason.UnknownJob, "x")], default);
        Task wait = Wait();
        await Store.ReplayAsync([id], default);
        await wait.WaitAsync(Hang);
    }

    [Fact]
    public async Task WaitEnds_WhenAScheduledJobIsDue()
    {
        await Store.AddAsync(TestJobs.New(delay: TimeSpan.FromMilliseconds(100)));
        Task wait = Wait();
        Time.Advance(TimeSpan.FromMilliseconds(100));
        await wait.WaitAsync(Hang);
        await Store.TakeOneAsync();
    }

    private Task Wait() => Store.WaitForWorkAsync(["default"], TimeSpan.FromHours(1), default);
}
