namespace ProDev.Jobs.Testing.Tests;

public sealed class AttemptTests
{
    private static readonly DateTimeOffset Start = new JobTestOptions().StartTime;
    private int _changes;

    [Fact]
    public void Waits_WhileItIsInADelay()
    {
        Attempt attempt = Create();
        Assert.False(attempt.IsWaiting(Start));
        attempt.DelayBegan();
        Assert.True(attempt.IsWaiting(Start));
        attempt.DelayBegan();
        attempt.DelayEnded();
        Assert.True(attempt.IsWaiting(Start));
        attempt.DelayEnded();
        Assert.False(attempt.IsWaiting(Start));
    }

    [Fact]
    public void DoesNotWait_WhileAThreadRunsItsCode()
    {
        Attempt attempt = Create();
        attempt.ThreadEntered();
        attempt.ThreadEntered();
        attempt.DelayBegan();
        attempt.ThreadLeft();
        Assert.False(attempt.IsWaiting(Start));
        Assert.Equal(0, _changes);
        attempt.ThreadLeft();
        Assert.True(attempt.IsWaiting(Start));
        Assert.Equal(1, _changes);
    }

    [Fact]
    public void DoesNotWait_BeforeItIsStarted()
    {
        Attempt attempt = Create();
        attempt.Context = null;
        attempt.DelayBegan();
        Assert.False(attempt.IsWaiting(Start));
    }

    [Fact]
    public void DoesNotWait_WhileItsTokenIsOnTheWay()
    {
        Attempt attempt = Create();
        attempt.DelayBegan();
        attempt.Context!.Held!.MarkSoftLimit();
        Assert.False(attempt.IsWaiting(Start));
        attempt.WasCancelled();
        Assert.True(attempt.IsWaiting(Start));
        Assert.Equal(1, _changes);
    }

    [Fact]
    public void DoesNotWait_WhenItsHardTimeLimitHasPassed()
    {
        Attempt attempt = Create(TimeSpan.FromSeconds(10));
        attempt.DelayBegan();
        Assert.True(attempt.IsWaiting(Start + TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1)));
        Assert.False(attempt.IsWaiting(Start + TimeSpan.FromSeconds(10)));
    }

    private Attempt Create(TimeSpan? hardTimeLimit = null)
    {
        var job = new LeasedJob
        {
            Envelope = new JobEnvelope { Id = Guid.NewGuid(), Name = "a" },
            Lease = default,
            Attempt = 1,
            EnqueuedAt = Start,
        };
        return new Attempt(job, Start, hardTimeLimit, () => _changes++) { Context = new JobContext(job.Envelope.Id, "a") { Held = new HeldJob(job, 0) } };
    }
}
