using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

public sealed class QueueTimeoutTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task CallIsRefused_WhenItWaitedTooLong()
    {
        var limit = ConcurrencyLimit.Create(1, maxQueued: 2, TimeSpan.FromSeconds(5), _time);
        var running = await limit.EnterAsync();
        var early = limit.EnterAsync().AsTask();
        _time.Advance(TimeSpan.FromSeconds(3));
        var late = limit.ExecuteAsync(static _ => ValueTask.FromResult(7)).AsTask();

        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Equal(2, limit.Queued);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        var exception = await Assert.ThrowsAsync<ConcurrencyLimitException>(() => early);
        Assert.Equal("The call was refused: no place became free within '00:00:05', the longest time to wait.", exception.Message);
        Assert.Equal(1, limit.Queued);

        running.Dispose();
        Assert.Equal(7, await late);
        Assert.Equal((0, 0), (limit.Running, limit.Queued));
    }

    [Fact]
    public async Task PlaceIsKept_WhenTheTimeoutPassesAfterItWasGranted()
    {
        var limit = ConcurrencyLimit.Create(1, maxQueued: 1, TimeSpan.FromSeconds(5), _time);
        var running = await limit.EnterAsync();
        var waiting = limit.EnterAsync().AsTask();

        running.Dispose();
        _time.Advance(TimeSpan.FromSeconds(10));

        var permit = await waiting;
        Assert.Equal(1, limit.Running);
        permit.Dispose();
        Assert.Equal(0, limit.Running);
    }

    [Fact]
    public async Task BlockedCallerIsRefused_WhenItWaitedTooLong()
    {
        var time = new SignallingTimeProvider();
        var limit = ConcurrencyLimit.Create(1, maxQueued: 1, TimeSpan.FromSeconds(5), time);
        using var running = await limit.EnterAsync();
        var blocked = Task.Run(() => limit.Execute(static _ => 1));

        await time.TimerIsSet();
        time.Advance(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<ConcurrencyLimitException>(() => blocked);
        Assert.Equal(0, limit.Queued);
    }

    [Fact]
    public async Task BlockedCallerLeaves_WhenItCancels()
    {
        var time = new SignallingTimeProvider();
        var limit = ConcurrencyLimit.Create(1, maxQueued: 1, TimeSpan.FromSeconds(5), time);
        using var running = await limit.EnterAsync();
        using var caller = new CancellationTokenSource();
        var blocked = Task.Run(() => limit.Execute(static _ => 1, caller.Token));

        await time.TimerIsSet();
        await caller.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => blocked);
        Assert.Equal(caller.Token, exception.CancellationToken);
        Assert.Equal((1, 0), (limit.Running, limit.Queued));
    }

    [Fact]
    public async Task BlockedCallerRuns_WhenAPlaceBecomesFree()
    {
        var time = new SignallingTimeProvider();
        var limit = ConcurrencyLimit.Create(1, maxQueued: 1, TimeSpan.FromSeconds(5), time);
        var running = await limit.EnterAsync();
        var blocked = Task.Run(() => limit.Execute(static _ => 8));

        await time.TimerIsSet();
        running.Dispose();

        Assert.Equal(8, await blocked);
        Assert.Equal(0, limit.Running);
    }
}
