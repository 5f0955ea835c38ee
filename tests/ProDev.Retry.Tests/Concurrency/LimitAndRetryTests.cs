namespace ProDev.Retry.Tests;

/// <summary>The two orders of a limit and a retry, which the README explains.</summary>
public sealed class LimitAndRetryTests
{
    private readonly SignallingTimeProvider _time = new();
    private readonly ConcurrencyLimit _limit = ConcurrencyLimit.Create(maxConcurrent: 1);
    private readonly Script _source = new(Script.Fails(), Script.Returns(7));

    [Fact]
    public async Task PlaceIsHeldDuringTheDelay_WhenTheLimitIsOutside()
    {
        var retry = TestPolicies.WithSeconds(_time);

        var call = _limit.ExecuteAsync(token => retry.ExecuteAsync(_source.RunAsync, token)).AsTask();
        await _time.TimerIsSet();

        Assert.Equal((1, 1), (_source.Attempts, _limit.Running));
        await Assert.ThrowsAsync<ConcurrencyLimitException>(async () => await _limit.ExecuteAsync(_source.RunAsync));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((7, 0), (await call, _limit.Running));
    }

    [Fact]
    public async Task PlaceIsFreeDuringTheDelay_WhenTheLimitIsInside()
    {
        var retry = TestPolicies.WithSeconds(_time);

        var call = retry.ExecuteAsync(token => _limit.ExecuteAsync(_source.RunAsync, token)).AsTask();
        await _time.TimerIsSet();

        Assert.Equal((1, 0), (_source.Attempts, _limit.Running));
        Assert.Equal(1, await _limit.ExecuteAsync(static _ => ValueTask.FromResult(1)));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((7, 0), (await call, _limit.Running));
    }

    [Fact]
    public async Task RejectionIsNotRetried_WhenTheLimitIsInside()
    {
        using var taken = await _limit.EnterAsync();

        var outcome = await TestPolicies.WithoutDelay().TryExecuteAsync(token => _limit.ExecuteAsync(_source.RunAsync, token));

        Assert.Equal((RetryEnd.Stopped, 1, 0), (outcome.End, outcome.Attempts, _source.Attempts));
        Assert.IsType<ConcurrencyLimitException>(outcome.Exception);
    }

    [Fact]
    public async Task RejectionIsRetried_WhenTheJudgeSaysSo()
    {
        var retry = TestPolicies.WithSeconds(_time, configure: static o =>
            o.ShouldRetry = static failed => failed.IsRetriedByDefault || failed.Exception is ConcurrencyLimitException);
        var taken = await _limit.EnterAsync();

        var call = retry.ExecuteAsync(token => _limit.ExecuteAsync(static _ => ValueTask.FromResult(3), token)).AsTask();
        await _time.TimerIsSet();
        taken.Dispose();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(3, await call);
    }

    [Fact]
    public async Task RejectionIsNoFailureOfTheDependency_WhenTheLimitIsInsideTheBreakerOfThePolicy()
    {
        var breaker = CircuitBreaker.Create(static o => o.ConsecutiveFailures = 1);
        var retry = TestPolicies.WithoutDelay(configure: o => o.CircuitBreaker = breaker);
        using var taken = await _limit.EnterAsync();

        await Assert.ThrowsAsync<ConcurrencyLimitException>(
            async () => await retry.ExecuteAsync(token => _limit.ExecuteAsync(_source.RunAsync, token)));

        Assert.Equal((CircuitState.Closed, 0), (breaker.State, breaker.Snapshot().FailuresInARow));
    }
}
