namespace ProDev.Retry.Tests;

/// <summary>A result that is a failure, and not worth another attempt.</summary>
public sealed class FinalFailureTests
{
    private readonly CircuitBreaker _breaker = CircuitBreaker.Create(o => o.ConsecutiveFailures = 1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ResultIsReturnedAndCountedByTheBreaker_WhenAJudgeCallsItFailed(bool later)
    {
        var script = new Script(Script.Returns(-1));
        var policy = TestPolicies.WithoutDelay(configure: o =>
        {
            o.JudgeResult<int>(static result => result < 0 ? RetryDecision.Failed : RetryDecision.Stop);
            o.CircuitBreaker = _breaker;
        });

        var outcome = await policy.TryExecuteAsync(token => later ? script.RunLaterAsync(token) : script.RunAsync(token));

        Assert.False(outcome.IsSuccess);
        Assert.Equal((-1, RetryEnd.Stopped, 1), (outcome.Result, outcome.End, script.Attempts));
        Assert.Equal(CircuitState.Open, _breaker.State);
    }

    [Fact]
    public void DecisionSaysThatItFailed_AndIsNoRetry()
    {
        Assert.True(RetryDecision.Failed.IsFailure);
        Assert.False(RetryDecision.Failed.IsRetry);
        Assert.False(RetryDecision.Stop.IsFailure);
        Assert.True(RetryDecision.Throttled.IsFailure);
        Assert.NotEqual(RetryDecision.Stop, RetryDecision.Failed);
    }
}
