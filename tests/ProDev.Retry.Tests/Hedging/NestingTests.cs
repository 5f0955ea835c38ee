namespace ProDev.Retry.Tests;

public sealed class NestingTests
{
    [Fact]
    public async Task LimitRetryAndHedgingCompose_WhenNestedInThisOrder()
    {
        var time = new SignallingTimeProvider();
        var limit = ConcurrencyLimit.Create(maxConcurrent: 1, maxQueued: 1);
        var retry = TestPolicies.WithoutDelay(maxAttempts: 2);
        var hedging = HedgingPolicy.Create(o => (o.Delay, o.TimeProvider) = (TimeSpan.FromSeconds(1), time));
        var copies = new Copies<int>();

        var first = CallAsync();
        var second = CallAsync();
        Assert.Equal((1, 1, 1), (copies.Started, limit.Running, limit.Queued));

        await time.TimerIsSet();

        // Both copies of the first attempt fail; the retry, in the same place, hedges again and wins.
        time.Advance(TimeSpan.FromSeconds(1));
        copies.Fail(1, new IOException());
        copies.Fail(2, new IOException());
        await copies.HasStarted(3);
        Assert.Equal((3, 1, 1), (copies.Started, limit.Running, limit.Queued));
        await time.TimerIsSet();
        time.Advance(TimeSpan.FromSeconds(1));
        await copies.HasStarted(4);
        copies.Return(4, 44);
        Assert.Equal(44, await first);

        // Only now has the second call its place.
        await copies.HasStarted(5);
        Assert.Equal((5, 1, 0), (copies.Started, limit.Running, limit.Queued));
        copies.Return(5, 55);
        Assert.Equal(55, await second);
        Assert.Equal(0, limit.Running);

        Task<int> CallAsync() => limit.ExecuteAsync(
            token => retry.ExecuteAsync(attempt => hedging.ExecuteAsync(copies.RunAsync, attempt), token)).AsTask();
    }
}
