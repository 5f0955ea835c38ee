namespace ProDev.Retry.Tests;

public sealed class TokenRatioBudgetTests
{
    // F = a failure worth a retry, S = a success, s = a hundred of them. After each step: are retries allowed?
    [Theory]
    // Three tokens, one back for a success: the second failure closes it, one success opens it again.
    [InlineData(3, 1.0, "F+ F- S+ S+", 3.0)]
    // Exactly half is not more than half.
    [InlineData(4, 1.0, "F+ F- F- S- S+", 3.0)]
    [InlineData(1, 1.0, "F- S+", 1.0)]
    // Empty stays empty, full stays full.
    [InlineData(2, 0.5, "F- F- F- F- S- S- S+ S+ S+ S+", 2.0)]
    // Tenths add up exactly: ten successes repay one failure.
    [InlineData(10, 0.1, "F+ F+ F+ F+ F- S+", 5.1)]
    [InlineData(10, 0.1, "F+ s+", 10.0)]
    public void RetriesAreAllowed_WhileMoreThanHalfOfTheTokensAreLeft(int maxTokens, double ratio, string story, double tokensLeft)
    {
        var budget = RetryBudget.TokenRatio(maxTokens, ratio);
        Assert.True(budget.AllowsRetry);

        foreach (var step in story.Split(' '))
        {
            if (step[0] == 'F')
                Assert.Equal(step[1] == '+', budget.Fail());
            for (var i = 0; i < (step[0] == 's' ? 100 : step[0] == 'S' ? 1 : 0); i++)
                budget.Succeed();
            Assert.Equal(step[1] == '+', budget.AllowsRetry);
        }

        Assert.Equal(tokensLeft, budget.Tokens, precision: 6);
    }

    [Theory]
    [InlineData(0, 0.1, "A retry budget holds from 1 to 1000 tokens. (Parameter 'maxTokens')\nActual value was 0.")]
    [InlineData(1001, 0.1, "A retry budget holds from 1 to 1000 tokens. (Parameter 'maxTokens')\nActual value was 1001.")]
    [InlineData(10, 0.0, "A success gives back from 0.001 to 10 tokens (all of maxTokens). (Parameter 'tokenRatio')\nActual value was 0.")]
    [InlineData(10, -1.0, "A success gives back from 0.001 to 10 tokens (all of maxTokens). (Parameter 'tokenRatio')\nActual value was -1.")]
    [InlineData(10, 11.0, "A success gives back from 0.001 to 10 tokens (all of maxTokens). (Parameter 'tokenRatio')\nActual value was 11.")]
    [InlineData(10, double.NaN, "A success gives back from 0.001 to 10 tokens (all of maxTokens). (Parameter 'tokenRatio')\nActual value was NaN.")]
    public void BudgetIsRefused_WhenItsNumbersAreOutOfRange(int maxTokens, double ratio, string message)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => RetryBudget.TokenRatio(maxTokens, ratio));

        Assert.Equal(message, exception.Message.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task CallEndsWithItsOwnFailure_WhenTheBudgetIsSpent()
    {
        // 4 tokens: the first failure leaves 3 (more than half), the second leaves 2 (not more).
        var budget = RetryBudget.TokenRatio(maxTokens: 4, tokenRatio: 1);
        var policy = TestPolicies.WithoutDelay(maxAttempts: 10, o => o.Budget = budget);
        var script = new Script(Script.Fails("first"), Script.Fails("second"), Script.Returns(1));

        var exception = await Assert.ThrowsAsync<IOException>(async () => await policy.ExecuteAsync(script.RunAsync));

        Assert.Equal("second", exception.Message);
        Assert.Equal(2, script.Attempts);
    }

    [Fact]
    public async Task FirstAttemptRuns_WhenTheBudgetIsEmpty()
    {
        var budget = RetryBudget.TokenRatio(maxTokens: 1, tokenRatio: 1);
        Assert.False(budget.Fail());
        var policy = TestPolicies.WithoutDelay(configure: o => o.Budget = budget);

        Assert.Equal(7, await policy.ExecuteAsync(new Script(Script.Returns(7)).RunAsync));
        Assert.Equal(1, budget.Tokens);
    }

    [Fact]
    public async Task BudgetIsNotCharged_WhenTheFailureIsNotWorthARetryOrTheCallerCancelled()
    {
        var budget = RetryBudget.TokenRatio(maxTokens: 10);
        var policy = TestPolicies.WithoutDelay(configure: o => o.Budget = budget);
        using var caller = new CancellationTokenSource();

        await Assert.ThrowsAsync<NotSupportedException>(
            async () => await policy.ExecuteAsync(new Script(Script.Throws(new NotSupportedException())).RunAsync));
        await Assert.ThrowsAsync<OperationCanceledException>(
            async () => await policy.ExecuteAsync<int>(
                _ =>
                {
                    caller.Cancel();
                    throw new IOException();
                },
                caller.Token));

        Assert.Equal(10, budget.Tokens);
    }

    [Fact]
    public async Task BudgetIsChargedForTheLastAttempt_WhenNoRetryFollows()
    {
        var budget = RetryBudget.TokenRatio(maxTokens: 10);
        var policy = TestPolicies.WithoutDelay(maxAttempts: 1, o => o.Budget = budget);

        await Assert.ThrowsAsync<IOException>(async () => await policy.ExecuteAsync(new Script(Script.Fails()).RunAsync));

        Assert.Equal(9, budget.Tokens);
    }

    [Fact]
    public void BudgetIsEmptyAndNotBelow_WhenMoreFailuresFollow()
    {
        var budget = RetryBudget.TokenRatio(maxTokens: 1, tokenRatio: 0.5);
        budget.Fail();
        budget.Succeed();
        budget.Fail();

        Assert.Equal(0, budget.Tokens);
        budget.Succeed();
        Assert.Equal(0.5, budget.Tokens);
    }
}
