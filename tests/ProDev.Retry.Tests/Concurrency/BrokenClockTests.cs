namespace ProDev.Retry.Tests;

/// <summary>A clock that cannot make a timer must not take a place with it.</summary>
public sealed class BrokenClockTests
{
    private readonly BrokenClock _clock = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CallLeavesTheQueue_WhenTheClockThrows(bool sync)
    {
        var limit = Limit();
        var running = await limit.EnterAsync();

        await Assert.ThrowsAsync<NotSupportedException>(async () => _ = sync
            ? limit.Execute(static _ => 1)
            : await limit.ExecuteAsync(static _ => ValueTask.FromResult(1)));
        Assert.Equal((1, 0), (limit.Running, limit.Queued));
        running.Dispose();

        Assert.Equal(0, limit.Running);
    }

    [Fact]
    public async Task PlaceIsGivenBack_WhenItWasGrantedBeforeTheClockThrew()
    {
        var limit = Limit();
        var running = await limit.EnterAsync();
        _clock.Before = running.Dispose;

        await Assert.ThrowsAsync<NotSupportedException>(async () => await limit.EnterAsync());

        Assert.Equal((0, 0), (limit.Running, limit.Queued));
    }

    [Fact]
    public async Task NoPlaceIsGivenBack_WhenTheCallerCancelledBeforeTheClockThrew()
    {
        var limit = Limit();
        using var running = await limit.EnterAsync();
        using var caller = new CancellationTokenSource();
        _clock.Before = caller.Cancel;

        await Assert.ThrowsAsync<NotSupportedException>(async () => await limit.EnterAsync(caller.Token));

        Assert.Equal((1, 0), (limit.Running, limit.Queued));
    }

    private ConcurrencyLimit Limit() => ConcurrencyLimit.Create(1, maxQueued: 1, TimeSpan.FromSeconds(5), _clock);

    private sealed class BrokenClock : TimeProvider
    {
        public Action? Before { get; set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Before?.Invoke();
            throw new NotSupportedException("no timers");
        }
    }
}
