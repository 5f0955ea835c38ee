namespace ProDev.Retry.Tests;

/// <summary>What an outage costs: the attempts of 10,000 calls to a dependency that never answers.</summary>
public sealed class OutageTests
{
    private const int Calls = 10_000;

    [Theory]
    [InlineData("token ratio", 1.15)]
    [InlineData("percent", 1.15)]
    [InlineData("percent with the default reserve", 1.15)]
    [InlineData("quota", 1.15)]
    public void CallsAverageFewAttempts_WhenABudgetIsShared(string budget, double most)
    {
        var average = AttemptsPerCall(time => budget switch
        {
            "token ratio" => RetryBudget.TokenRatio(tokenRatio: 0.1),
            "percent" => RetryBudget.Percent(0.1, minRetriesPerSecond: 1, timeProvider: time),
            "percent with the default reserve" => RetryBudget.Percent(0.1, timeProvider: time),
            _ => RetryBudget.Quota(),
        });

        Assert.InRange(average, 1.0001, most);
    }

    [Fact]
    public void CallsMakeAllTheirAttempts_WhenThereIsNoBudget() => Assert.Equal(4, AttemptsPerCall(_ => null));

    /// <summary>A thousand calls a second; the clock also moves by the delays.</summary>
    private static double AttemptsPerCall(Func<TimeProvider, RetryBudget?> create)
    {
        var time = new InstantTimeProvider();
        var policy = RetryPolicy.Create(o =>
        {
            o.MaxAttempts = 4;
            o.BaseDelay = TimeSpan.FromMilliseconds(10);
            o.Jitter = RetryJitter.None;
            o.RetryResult<int>(static status => status == 503);
            o.TimeProvider = time;
            o.Budget = create(time);
        });

        var attempts = 0;
        for (var i = 0; i < Calls; i++)
        {
            var call = policy.ExecuteAsync(_ =>
            {
                attempts++;
                return ValueTask.FromResult(503);
            });
            Assert.True(call.IsCompletedSuccessfully);
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        return (double)attempts / Calls;
    }
}
