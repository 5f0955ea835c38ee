using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

/// <summary>When a closed breaker opens, and when not.</summary>
public sealed class OpeningTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void BreakerOpens_WhenFailuresInARowReachTheLimit()
    {
        var breaker = TestBreakers.AfterFailures(3, _time);

        breaker.Fail(2);
        Assert.Equal(CircuitState.Closed, breaker.State);
        breaker.Fail();

        Assert.Equal(CircuitState.Open, breaker.State);
        Assert.True(breaker.Rejects());
    }

    [Fact]
    public void BreakerStaysClosed_WhenASuccessComesBetweenTheFailures()
    {
        var breaker = TestBreakers.AfterFailures(3, _time);

        breaker.Fail(2);
        breaker.Succeed();
        breaker.Fail(2);
        Assert.Equal(CircuitState.Closed, breaker.State);
        breaker.Fail();

        Assert.Equal(CircuitState.Open, breaker.State);
    }

    [Fact]
    public void FailuresInARowAreKept_WhenACallBetweenThemIsAbandoned()
    {
        var breaker = TestBreakers.AfterFailures(2, _time);

        breaker.Fail();
        breaker.Enter().Abandoned();
        breaker.Fail();

        Assert.Equal(CircuitState.Open, breaker.State);
    }

    [Fact]
    public void BreakerOpens_WhenTheRatioIsReachedExactly()
    {
        var breaker = TestBreakers.AfterHalfOfFour(_time);

        breaker.Succeed(2);
        breaker.Fail();
        Assert.Equal(CircuitState.Closed, breaker.State);
        breaker.Fail();

        Assert.Equal(CircuitState.Open, breaker.State);
    }

    [Fact]
    public void BreakerStaysClosed_WhenTooFewCallsWereMade()
    {
        var breaker = TestBreakers.AfterHalfOfFour(_time);

        breaker.Fail(3);

        Assert.Equal(CircuitState.Closed, breaker.State);
        Assert.Equal(3, breaker.Snapshot().Failures);
    }

    [Fact]
    public void BreakerStaysClosed_WhenTheRatioIsMissedByOne()
    {
        var breaker = TestBreakers.AfterHalfOfFour(_time);

        breaker.Succeed(5);
        breaker.Fail(4);
        Assert.Equal(CircuitState.Closed, breaker.State);
        breaker.Fail();

        Assert.Equal(CircuitState.Open, breaker.State);
    }

    [Fact]
    public void AbandonedCallsDoNotCount_TowardsTheThroughput()
    {
        var breaker = TestBreakers.AfterHalfOfFour(_time);

        breaker.Fail(3);
        breaker.Enter().Abandoned();

        Assert.Equal(CircuitState.Closed, breaker.State);
        Assert.Equal(0, breaker.Snapshot().Successes);
    }

    [Theory]
    [InlineData(0.3, 10, 7, 3)]
    [InlineData(0.7, 10, 3, 7)]
    [InlineData(0.1, 20, 18, 2)]
    [InlineData(1, 4, 0, 4)]
    public void BreakerOpensWithTheLastFailure_WhenTheRatioIsNoBinaryFraction(double ratio, int minimum, int successes, int failures)
    {
        var breaker = TestBreakers.AfterHalfOfFour(_time, o => (o.FailureRatio, o.MinimumThroughput) = (ratio, minimum));

        breaker.Succeed(successes);
        breaker.Fail(failures - 1);
        Assert.Equal(CircuitState.Closed, breaker.State);
        breaker.Fail();

        Assert.Equal(CircuitState.Open, breaker.State);
    }

    [Fact]
    public void OutcomesAreForgotten_WhenTheyAreOlderThanTheSamplingDuration()
    {
        var breaker = TestBreakers.AfterHalfOfFour(_time);

        breaker.Fail(3);
        _time.Advance(TimeSpan.FromSeconds(10));
        breaker.Fail();
        Assert.Equal(CircuitState.Closed, breaker.State);
        Assert.Equal(1, breaker.Snapshot().Failures);

        _time.Advance(TimeSpan.FromSeconds(9));
        breaker.Fail(3);
        Assert.Equal(CircuitState.Open, breaker.State);
    }

    [Fact]
    public void WindowSlides_OneTenthAtATime()
    {
        var breaker = TestBreakers.AfterHalfOfFour(_time, o => o.MinimumThroughput = 1000);
        for (var second = 0; second < 25; second++)
        {
            breaker.Succeed();
            breaker.Fail(2);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        // The second that begins now is still empty.
        Assert.Equal((9, 18), (breaker.Snapshot().Successes, breaker.Snapshot().Failures));
        _time.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal((1, 2), (breaker.Snapshot().Successes, breaker.Snapshot().Failures));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((0, 0), (breaker.Snapshot().Successes, breaker.Snapshot().Failures));
    }

    [Fact]
    public void WhicheverRuleIsMetFirstOpens_WhenBothAreSet()
    {
        var inARow = TestBreakers.AfterHalfOfFour(_time, o => o.ConsecutiveFailures = 2);
        inARow.Fail(2);
        Assert.Equal(CircuitState.Open, inARow.State);

        var ratio = TestBreakers.AfterHalfOfFour(_time, o => o.ConsecutiveFailures = 3);
        ratio.Fail();
        ratio.Succeed();
        ratio.Fail();
        ratio.Succeed();
        ratio.Fail();
        Assert.Equal(CircuitState.Open, ratio.State);
    }

    [Fact]
    public void ClockIsNotRead_WhenOnlyFailuresInARowAreCounted()
    {
        var time = new InstantTimeProvider();
        var breaker = TestBreakers.AfterFailures(3, time);
        var readings = time.Readings;

        breaker.Succeed(10);
        breaker.Fail(2);
        breaker.Succeed();

        Assert.Equal(readings, time.Readings);
    }
}
