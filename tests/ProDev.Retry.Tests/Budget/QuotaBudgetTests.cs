namespace ProDev.Retry.Tests;

public sealed class QuotaBudgetTests
{
    // One call of the real policy, three attempts, the older figures of the SDKs. What the quota holds after each attempt.
    [Theory]
    [InlineData(500, "F S", "495 500")]
    // Two failures, then success: only what the last retry took comes back.
    [InlineData(500, "F F S", "495 490 495")]
    // The third failure takes nothing: no retry follows.
    [InlineData(500, "F F F", "495 490 490")]
    // Enough for one retry, which is paid although it leaves nothing.
    [InlineData(5, "F F", "0 0")]
    [InlineData(9, "F F", "4 4")]
    [InlineData(500, "S", "500")]
    public async Task CallLeavesTheFiguresOfTheStandardMode(int capacity, string attempts, string quotas)
    {
        var budget = RetryBudget.Quota(capacity, retryCost: 5, throttledCost: 5);
        var seen = new List<string>();
        var policy = TestPolicies.WithoutDelay(maxAttempts: 3, o =>
        {
            o.Budget = budget;
            o.OnRetry = _ => Note();
        });
        void Note() => seen.Add($"{budget.Tokens}");
        var script = new Script([.. attempts.Split(' ').Select(step => step == "S" ? Script.Returns(1) : Script.Fails())]);

        if (attempts.EndsWith('S'))
            await policy.ExecuteAsync(script.RunAsync);
        else
            await Assert.ThrowsAsync<IOException>(async () => await policy.ExecuteAsync(script.RunAsync));
        Note();

        Assert.Equal(attempts.Split(' ').Length, script.Attempts);
        Assert.Equal(quotas, string.Join(' ', seen));
    }

    [Fact]
    public void RetryCostsMoreThanOneAfterThrottling_ByDefault()
    {
        var budget = RetryBudget.Quota();

        Assert.True(budget.Fail());
        Assert.Equal(486, budget.Tokens);
        Assert.True(budget.Fail(isThrottled: true));
        Assert.Equal(481, budget.Tokens);
        Assert.Equal(34, budget.Drain());
        Assert.Equal(5, budget.Tokens);
        Assert.False(budget.AllowsRetry);
        Assert.True(budget.Fail(isThrottled: true));
        Assert.False(budget.Fail(isThrottled: true));
        Assert.Equal(0, budget.Tokens);
    }

    [Fact]
    public void RefusedRetryTakesNothing_AndSuccessesRefillOneByOne()
    {
        var budget = RetryBudget.Quota(capacity: 20, retryCost: 14, throttledCost: 14, successRefund: 2);
        Assert.Equal(1, budget.Drain());
        Assert.Equal(6, budget.Tokens);

        for (var i = 0; i < 3; i++)
            budget.Succeed();
        Assert.Equal(12, budget.Tokens);
        Assert.False(budget.AllowsRetry);
        budget.Succeed();
        Assert.True(budget.AllowsRetry);
        for (var i = 0; i < 10; i++)
            budget.Succeed();
        Assert.Equal(20, budget.Tokens);
    }

    [Fact]
    public void CostComesBackOnce_WhenTheRetrySucceeds()
    {
        var budget = RetryBudget.Quota(capacity: 100);
        Assert.True(budget.Fail());
        var held = 0;
        Assert.True(budget.OnFailure(isThrottled: true, ref held));
        Assert.Equal(5, held);

        budget.OnSuccess(ref held);
        Assert.Equal(86, budget.Tokens);
        budget.OnSuccess(ref held);
        Assert.Equal(87, budget.Tokens);
    }

    [Fact]
    public async Task EmptyQuotaEndsACallAfterItsFirstAttempt()
    {
        var budget = RetryBudget.Quota(capacity: 5, retryCost: 5);
        budget.Drain();
        var policy = TestPolicies.WithoutDelay(configure: o => o.Budget = budget);
        var script = new Script(Script.Fails("first"));

        var exception = await Assert.ThrowsAsync<IOException>(async () => await policy.ExecuteAsync(script.RunAsync));

        Assert.Equal("first", exception.Message);
        Assert.Equal(1, script.Attempts);
    }

    [Theory]
    [InlineData(0, 1, 1, 1, "A retry quota holds from 1 to 1,000,000. (Parameter 'capacity')\nActual value was 0.")]
    [InlineData(1_000_001, 1, 1, 1, "A retry quota holds from 1 to 1,000,000. (Parameter 'capacity')\nActual value was 1000001.")]
    [InlineData(10, 0, 1, 1, "A retry costs from 1 to 10 (all of capacity). (Parameter 'retryCost')\nActual value was 0.")]
    [InlineData(10, 11, 1, 1, "A retry costs from 1 to 10 (all of capacity). (Parameter 'retryCost')\nActual value was 11.")]
    [InlineData(10, 1, 0, 1, "A retry after throttling costs from 1 to 10 (all of capacity). (Parameter 'throttledCost')\nActual value was 0.")]
    [InlineData(10, 1, 11, 1, "A retry after throttling costs from 1 to 10 (all of capacity). (Parameter 'throttledCost')\nActual value was 11.")]
    [InlineData(10, 1, 1, 0, "A success gives back from 1 to 10 (all of capacity). (Parameter 'successRefund')\nActual value was 0.")]
    [InlineData(10, 1, 1, 11, "A success gives back from 1 to 10 (all of capacity). (Parameter 'successRefund')\nActual value was 11.")]
    public void QuotaIsRefused_WhenItsNumbersAreOutOfRange(
        int capacity, int retryCost, int throttledCost, int successRefund, string message)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => RetryBudget.Quota(capacity, retryCost, throttledCost, successRefund));

        Assert.Equal(message, exception.Message.ReplaceLineEndings("\n"));
    }
}
