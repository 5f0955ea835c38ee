using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

public sealed class HedgingBudgetTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RetryBudget _budget = RetryBudget.TokenRatio(maxTokens: 4, tokenRatio: 0.5);

    [Fact]
    public async Task EachFurtherCopyTakesFromTheBudget_AndASuccessGivesBack()
    {
        var copies = new Copies<int>();
        var call = Policy().ExecuteAsync(copies.RunAsync).AsTask();
        Assert.Equal(4, _budget.Tokens);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(3, _budget.Tokens);

        copies.Return(2, 2);

        Assert.Equal(2, await call);
        Assert.Equal(3.5, _budget.Tokens);
        Assert.Equal(1, await Policy().ExecuteAsync(static _ => ValueTask.FromResult(1)));
        Assert.Equal(4, _budget.Tokens);
    }

    [Fact]
    public async Task CallGoesOnWithTheCopyItHas_WhenTheBudgetRefuses()
    {
        Exhaust();
        var copies = new Copies<int>();
        var call = Policy().ExecuteAsync(copies.RunAsync).AsTask();
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, copies.Started);

        copies.Return(1, 11);

        Assert.Equal(11, await call);
    }

    [Fact]
    public async Task FailureSurfacesAtOnce_WhenTheBudgetRefuses()
    {
        Exhaust();
        var script = new Script(Script.Fails("first"), Script.Returns(2));

        await Assert.ThrowsAsync<IOException>(async () => await Policy().ExecuteAsync(script.RunAsync));
        Assert.Equal(1, script.Attempts);
    }

    [Fact]
    public async Task OutageIsNotMultiplied_WhenCallsShareABudget()
    {
        var attempts = 0;
        var policy = Policy();

        for (var i = 0; i < 1_000; i++)
        {
            await Assert.ThrowsAsync<IOException>(async () => await policy.ExecuteAsync<int>(_ =>
            {
                attempts++;
                throw new IOException();
            }));
        }

        // Four tokens: one is taken, three are more than half; the next take leaves half, which refuses.
        Assert.Equal(1_001, attempts);
    }

    [Fact]
    public async Task SuccessGivesBackWhatTheCopyTook_WithAQuota()
    {
        var quota = RetryBudget.Quota(capacity: 14, retryCost: 14);
        var copies = new Copies<int>();
        var call = Policy(quota).ExecuteAsync(copies.RunAsync).AsTask();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, quota.Tokens);

        copies.Return(2, 2);

        Assert.Equal(2, await call);
        Assert.Equal(14, quota.Tokens);
    }

    [Fact]
    public async Task EachCallDeposits_WithAPercentage()
    {
        var percent = RetryBudget.Percent(percent: 0.5, minRetriesPerSecond: 0, TimeSpan.FromSeconds(10), _time);
        var policy = Policy(percent);
        Assert.False(percent.AllowsRetry);

        Assert.Equal(1, await policy.ExecuteAsync(static _ => ValueTask.FromResult(1)));
        Assert.Equal(1, await policy.ExecuteAsync(static _ => ValueTask.FromResult(1)));

        Assert.Equal(1, percent.Tokens);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task EachCopyThatFailedIsPaidFor_TheLastOneAsWell(int copies)
    {
        var budget = RetryBudget.TokenRatio(maxTokens: 10);
        var policy = HedgingPolicy.Create(o => (o.MaxAttempts, o.Budget) = (copies, budget));

        await Assert.ThrowsAsync<IOException>(async () => await policy.ExecuteAsync<int>(static _ => throw new IOException()));

        Assert.Equal(10 - copies, budget.Tokens);
    }

    [Fact]
    public async Task FailureIsPaidForOnce_WhenTheBudgetRefusesAnotherCopy()
    {
        var budget = RetryBudget.TokenRatio(maxTokens: 2);

        await Assert.ThrowsAsync<IOException>(async () => await Policy(budget).ExecuteAsync<int>(static _ => throw new IOException()));

        Assert.Equal(1, budget.Tokens);
    }

    [Fact]
    public async Task NothingIsPaidForTheLastFailure_WhenTheCallerCancelled()
    {
        using var caller = new CancellationTokenSource();
        var policy = HedgingPolicy.Create(o => o.HedgeResult<int>(static r => r < 0).Budget = _budget);

        Assert.Equal(-1, await policy.ExecuteAsync(
            _ =>
            {
                caller.Cancel();
                return ValueTask.FromResult(-1);
            },
            caller.Token));

        Assert.Equal(4, _budget.Tokens);
    }

    private void Exhaust()
    {
        while (_budget.AllowsRetry)
            _ = Policy().ExecuteAsync<int>(static _ => throw new IOException()).AsTask().Exception;
    }

    private HedgingPolicy Policy(RetryBudget? budget = null) => HedgingPolicy.Create(o =>
    {
        o.TimeProvider = _time;
        o.Budget = budget ?? _budget;
    });
}
