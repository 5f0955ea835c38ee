namespace ProDev.Retry.Tests;

public sealed class RetryHistoryTests
{
    [Theory]
    [InlineData("async")]
    [InlineData("plain")]
    [InlineData("sync")]
    public async Task EachAttemptIsTold_WhenACallFailed(string form)
    {
        var time = new InstantTimeProvider();
        var policy = TestPolicies.WithSeconds(time);
        var script = new Script(Script.Fails("1"), Script.Fails("2"), Script.Fails("3"));

        var exception = await Assert.ThrowsAsync<IOException>(async () =>
        {
            if (form == "async")
                await policy.ExecuteAsync(script.RunLaterAsync);
            else if (form == "plain")
                await policy.ExecuteAsync(async ValueTask (token) => await script.RunAsync(token));
            else
                policy.Execute(_ => script.Next());
        });

        Assert.Equal(
            [(1, 1, "1"), (2, 2, "2"), (3, 0, "3")],
            RetryHistory.Of(exception).Select(a => (a.Number, (int)a.Delay.TotalSeconds, a.Exception!.Message)));
        Assert.Same(exception, RetryHistory.Of(exception)[^1].Exception);
        Assert.Same(RetryHistory.Of(exception), RetryHistory.Of(new InvalidOperationException("outer", exception)));
    }

    [Fact]
    public async Task ThereIsNone_WhenNothingWasRetried()
    {
        Assert.Empty(RetryHistory.Of(new IOException()));
        Assert.Empty(RetryHistory.Of(await Assert.ThrowsAsync<IOException>(
            async () => await TestPolicies.WithoutDelay(1).ExecuteAsync(new Script(Script.Fails()).RunAsync))));
        Assert.Throws<ArgumentNullException>(() => RetryHistory.Of(null!));
    }

    [Fact]
    public async Task SearchEnds_WhenInnerExceptionsFormACircle()
    {
        var circle = new IOException("a", new IOException("b"));
        typeof(Exception).GetField("_innerException", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!
            .SetValue(circle.InnerException, circle);

        Assert.Empty(RetryHistory.Of(circle));
        var outcome = await TestPolicies.WithoutDelay().TryExecuteAsync(ValueTask<int> (_) => throw circle);
        Assert.Equal((RetryEnd.AttemptsUsedUp, 3), (outcome.End, outcome.Attempts));
    }

    [Fact]
    public async Task LatestAttemptsAreKept_WhenThereAreVeryMany()
    {
        const int Attempts = 10_000;
        var outcome = await TestPolicies.WithoutDelay(Attempts).TryExecuteAsync(static ValueTask<int> (_) => throw new IOException());

        Assert.Equal(Attempts, outcome.Attempts);
        Assert.InRange(outcome.History.Count, RetryConstants.MostHistory / 2, RetryConstants.MostHistory + 1);
        Assert.Equal(Enumerable.Range(Attempts - outcome.History.Count + 1, outcome.History.Count), outcome.History.Select(a => a.Number));
    }
}
