namespace ProDev.Jobs.Testing.Tests;

public sealed class ClockTests
{
    [Fact]
    public async Task RunsEverythingAtItsMoment_WhenTimeGoesOn()
    {
        await using JobTestHost host = await Work.StartAsync(static call => call.EnqueueAsync("again", TimeSpan.FromMinutes(10)));
        await host.EnqueueAsync("a");
        await host.RunForAsync(TimeSpan.FromMinutes(35));

        DateTimeOffset start = new JobTestOptions().StartTime;
        Assert.Equal([0, 10, 20, 30], host.Runs.Select(r => (r.StartedAt - start).TotalMinutes));
        Assert.Equal(TimeSpan.FromMinutes(35), host.Elapsed());
        Assert.Single(host.PendingJobs);
    }

    [Fact]
    public async Task EndsATimeoutOfARunningJob_WhenTheTestMovesTheClock()
    {
        var waits = new TaskCompletionSource();
        await using JobTestHost host = await Work.StartAsync(async call =>
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), call.Time);
            waits.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, limit.Token);
        });
        await host.EnqueueAsync("a");
        Task idle = host.RunUntilIdleAsync();
        await waits.Task;
        host.Advance(TimeSpan.FromSeconds(30));
        await idle;

        Assert.Equal(JobTestOutcome.Retried, Assert.Single(host.Runs).Outcome);
    }

    [Fact]
    public async Task StartsNothing_WhenTheTestOnlyMovesTheClock()
    {
        await using JobTestHost host = await Work.StartAsync(static _ => Task.CompletedTask);
        await host.EnqueueAsync("a", o => o.Delay = TimeSpan.FromHours(1));
        host.Advance(TimeSpan.FromHours(3));
        Assert.Empty(host.Runs);
        await host.RunUntilIdleAsync();

        Assert.Single(host.Runs);
        Assert.Equal(TimeSpan.FromHours(3), host.Elapsed());
    }

    [Fact]
    public async Task FiresTimersInOrder_EachAtItsMoment()
    {
        await using JobTestHost host = await Work.StartAsync(static _ => Task.CompletedTask);
        DateTimeOffset start = host.Time.GetUtcNow();
        long stamp = host.Time.GetTimestamp();
        var fired = new List<string>();
        void Note(object? name) => fired.Add($"{name} {(host.Time.GetUtcNow() - start).TotalSeconds}");
        await using ITimer late = host.Time.CreateTimer(Note, "late", TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        await using ITimer periodic = host.Time.CreateTimer(Note, "periodic", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        await using ITimer disposed = host.Time.CreateTimer(Note, "disposed", TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        await using ITimer never = host.Time.CreateTimer(Note, "never", Timeout.InfiniteTimeSpan, TimeSpan.FromSeconds(1));
        await using ITimer moved = host.Time.CreateTimer(Note, "moved", TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        await disposed.DisposeAsync();
        Assert.True(moved.Change(TimeSpan.FromSeconds(3), TimeSpan.Zero));
        Assert.False(disposed.Change(TimeSpan.Zero, TimeSpan.Zero));

        host.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(["periodic 2", "moved 3", "periodic 4", "late 5", "periodic 6"], fired);
        Assert.Equal(TimeSpan.FromSeconds(6), host.Time.GetElapsedTime(stamp));
    }

    [Fact]
    public async Task FiresADueTimer_WithoutMovingTheClock()
    {
        await using JobTestHost host = await Work.StartAsync(static _ => Task.CompletedTask);
        int fired = 0;
        await using ITimer timer = host.Time.CreateTimer(_ => fired++, null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        await host.RunUntilIdleAsync();

        Assert.Equal(1, fired);
        Assert.Equal(TimeSpan.Zero, host.Elapsed());
    }

    [Fact]
    public async Task CannotGoBack_WhenTheSpanIsNegative()
    {
        await using JobTestHost host = await Work.StartAsync(static _ => Task.CompletedTask);

        Assert.Throws<ArgumentOutOfRangeException>(() => host.Advance(TimeSpan.FromTicks(-1)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => host.RunForAsync(TimeSpan.FromTicks(-1)));
    }
}
