using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

public sealed class PercentBudgetTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(0.2, 0, 100, 20)]
    [InlineData(0.1, 0, 19, 1)]
    [InlineData(0.1, 0, 9, 0)]
    [InlineData(0.333, 0, 1000, 333)]
    [InlineData(2.0, 0, 3, 6)]
    // The reserve is for the whole window, and comes on top.
    [InlineData(0.2, 10, 0, 100)]
    [InlineData(0.2, 10, 50, 110)]
    [InlineData(0.0, 1, 1_000_000, 10)]
    public void RetriesAreAllowed_InProportionToTheCalls(double percent, int minRetriesPerSecond, int calls, int retries)
    {
        var budget = RetryBudget.Percent(percent, minRetriesPerSecond, Window, _time);
        budget.Start(calls);

        Assert.Equal(retries > 0, budget.AllowsRetry);
        Assert.Equal(retries, budget.Drain());
        Assert.False(budget.AllowsRetry);
    }

    [Fact]
    public void DepositsExpire_AfterTheWindow()
    {
        var budget = RetryBudget.Percent(0.5, minRetriesPerSecond: 0, Window, _time);
        budget.Start(10);
        _time.Advance(Window - TimeSpan.FromSeconds(1));
        budget.Start(4);

        Assert.Equal(7, budget.Tokens);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, budget.Tokens);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(0, budget.Tokens);
        Assert.False(budget.Fail());
    }

    [Fact]
    public void ReserveComesBack_AWindowAfterItWasSpent()
    {
        var budget = RetryBudget.Percent(0.2, minRetriesPerSecond: 1, Window, _time);
        Assert.Equal(10, budget.Drain());

        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(budget.AllowsRetry);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(10, budget.Drain());
    }

    [Fact]
    public void BalanceIsShownAsZero_WhileRetriesOutliveTheDepositsThatPaidForThem()
    {
        var budget = RetryBudget.Percent(1, minRetriesPerSecond: 0, Window, _time);
        budget.Start(5);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(5, budget.Drain());

        _time.Advance(TimeSpan.FromSeconds(5));
        budget.Start(4);
        Assert.Equal(0, budget.Tokens);
        Assert.False(budget.AllowsRetry);
        budget.Start(2);
        Assert.Equal(1, budget.Drain());
    }

    [Fact]
    public async Task EachCallDepositsOnce_HoweverManyAttemptsItMakes()
    {
        var budget = RetryBudget.Percent(1, minRetriesPerSecond: 0, Window, _time);
        var policy = TestPolicies.WithoutDelay(maxAttempts: 10, o => o.Budget = budget);
        var script = new Script(Script.Fails());
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAsync<IOException>(async () => await policy.ExecuteAsync(script.RunAsync));
        Assert.Equal(2, script.Attempts);
        Assert.Equal(0, budget.Tokens);

        await policy.ExecuteAsync(static _ => ValueTask.FromResult(1));
        await policy.ExecuteAsync(static _ => ValueTask.CompletedTask);
        policy.Execute(static _ => 1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await policy.ExecuteAsync(static _ => ValueTask.CompletedTask, cancelled.Token));
        Assert.Equal(3, budget.Tokens);
    }

    [Fact]
    public void BudgetAgreesWithAListOfEvents_ForEveryStory()
    {
        // Steps of time that meet the borders of slices, and miss them; -1 is a failure, other numbers are calls.
        var step = Gen.Select(Gen.Int[0, 2500], Gen.Int[-1, 4]);
        Gen.Select(Gen.Int[0, 30], Gen.Int[1, 3], step.Array[0, 200]).Sample((tenths, reserve, story) =>
        {
            var time = new FakeTimeProvider();
            var budget = RetryBudget.Percent(tenths / 10.0, reserve, Window, time);
            var events = new List<(int Slice, int Thousandths)>();
            var now = 0;
            foreach (var (milliseconds, what) in story)
            {
                now += milliseconds;
                time.Advance(TimeSpan.FromMilliseconds(milliseconds));
                var balance = (reserve * 10_000) + events.Where(e => e.Slice > (now / 1000) - 10).Sum(e => e.Thousandths);
                Assert.Equal(Math.Max(0, balance) / 1000.0, budget.Tokens);
                Assert.Equal(balance >= 1000, budget.AllowsRetry);

                budget.Start(Math.Max(0, what));
                events.Add((now / 1000, Math.Max(0, what) * tenths * 100));
                if (what == -1)
                {
                    Assert.Equal(balance >= 1000, budget.Fail());
                    events.Add((now / 1000, balance >= 1000 ? -1000 : 0));
                }
            }
        });
    }

    [Theory]
    [InlineData(-0.1, 10, 10, "A call allows 0, or from 0.001 to 10, retries; 0.2 is 20 %. (Parameter 'percent')\nActual value was -0.1.")]
    [InlineData(0.0004, 10, 10, "A call allows 0, or from 0.001 to 10, retries; 0.2 is 20 %. (Parameter 'percent')\nActual value was 0.0004.")]
    [InlineData(10.1, 10, 10, "A call allows 0, or from 0.001 to 10, retries; 0.2 is 20 %. (Parameter 'percent')\nActual value was 10.1.")]
    [InlineData(double.NaN, 10, 10, "A call allows 0, or from 0.001 to 10, retries; 0.2 is 20 %. (Parameter 'percent')\nActual value was NaN.")]
    [InlineData(0.2, -1, 10, "The reserve is from 0 to 10000 retries per second. (Parameter 'minRetriesPerSecond')\nActual value was -1.")]
    [InlineData(0.2, 10_001, 10, "The reserve is from 0 to 10000 retries per second. (Parameter 'minRetriesPerSecond')\nActual value was 10001.")]
    [InlineData(0.0, 0, 10, "A budget of 0 % without a reserve would never allow a retry. (Parameter 'minRetriesPerSecond')\nActual value was 0.")]
    [InlineData(0.2, 10, 0.9, "The window is from 1 to 60 seconds. (Parameter 'window')\nActual value was 00:00:00.9000000.")]
    [InlineData(0.2, 10, 61, "The window is from 1 to 60 seconds. (Parameter 'window')\nActual value was 00:01:01.")]
    public void BudgetIsRefused_WhenItsNumbersAreOutOfRange(double percent, int minRetriesPerSecond, double seconds, string message)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => RetryBudget.Percent(percent, minRetriesPerSecond, TimeSpan.FromSeconds(seconds)));

        Assert.Equal(message, exception.Message.ReplaceLineEndings("\n"));
    }
}
