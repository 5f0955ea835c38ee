using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

/// <summary>New settings, old state.</summary>
public sealed class UpdateTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void FailuresInARowAreKept_WhenTheLimitChanges()
    {
        var breaker = TestBreakers.AfterFailures(10, _time);
        breaker.Fail(3);

        breaker.Update(o => o.ConsecutiveFailures = 4);
        Assert.Equal(CircuitState.Closed, breaker.State);
        breaker.Fail();

        Assert.Equal(CircuitState.Open, breaker.State);
    }

    [Fact]
    public void OutcomesAreKept_WhenTheRatioChanges()
    {
        var breaker = TestBreakers.AfterHalfOfFour(_time);
        breaker.Succeed(3);
        breaker.Fail();

        breaker.Update(o => o.FailureRatio = 0.4);
        breaker.Fail();

        Assert.Equal(CircuitState.Open, breaker.State);
    }

    [Fact]
    public void OutcomesAreKept_WhenTheSamplingDurationChanges()
    {
        var breaker = TestBreakers.AfterHalfOfFour(_time);
        breaker.Succeed(2);
        breaker.Fail();
        _time.Advance(TimeSpan.FromSeconds(5));

        breaker.Update(o => o.SamplingDuration = TimeSpan.FromSeconds(60));
        Assert.Equal((2, 1), (breaker.Snapshot().Successes, breaker.Snapshot().Failures));
        _time.Advance(TimeSpan.FromSeconds(50));
        breaker.Fail();

        Assert.Equal(CircuitState.Open, breaker.State);
    }

    [Fact]
    public void OutcomesAreKept_WhenTheyWereOfACallThatRan()
    {
        var breaker = TestBreakers.AfterFailures(1, _time);
        var running = breaker.Enter();

        breaker.Update(o => o.BreakDuration = TimeSpan.FromSeconds(7));
        running.Failed();

        Assert.Equal(TimeSpan.FromSeconds(7), breaker.RetryAfter);
    }

    [Fact]
    public void BreakThatRunsKeepsItsLength_WhenTheDurationChanges()
    {
        var breaker = TestBreakers.AfterFailures(1, _time);
        breaker.Fail();

        breaker.Update(o => o.BreakDuration = TimeSpan.FromSeconds(1));
        Assert.Equal(TestBreakers.Break, breaker.RetryAfter);
        _time.Advance(TestBreakers.Break);
        breaker.Fail();

        Assert.Equal(TimeSpan.FromSeconds(1), breaker.RetryAfter);
        Assert.Equal(2, breaker.Snapshot().BreaksInARow);
    }

    [Fact]
    public void HalfOpenBreakerCanStillClose_WhenItNeedsFewerProbesFromNowOn()
    {
        var breaker = TestBreakers.ReadyToProbe(_time, o => o.Probes = 3);
        breaker.Succeed(2);

        breaker.Update(o => o.Probes = 1);
        Assert.Equal(CircuitState.HalfOpen, breaker.State);
        breaker.Succeed();

        Assert.Equal(CircuitState.Closed, breaker.State);
    }

    [Fact]
    public void ProbeThatRunsKeepsItsPlace_WhenTheLeaseChanges()
    {
        var breaker = TestBreakers.ReadyToProbe(_time);
        var probe = breaker.Enter();

        breaker.Update(o => o.ProbeLease = TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(2));
        probe.Succeeded();

        Assert.Equal(CircuitState.Closed, breaker.State);
    }

    [Fact]
    public void RuleStartsAndStops_WhenItIsSwitchedOnAndOff()
    {
        var breaker = TestBreakers.AfterFailures(100, _time);
        breaker.Update(o => (o.FailureRatio, o.MinimumThroughput) = (0.5, 2));
        breaker.Update(o => o.FailureRatio = null);
        breaker.Fail(5);
        Assert.Equal(CircuitState.Closed, breaker.State);

        breaker.Update(o => o.FailureRatio = 0.5);
        breaker.Fail(2);

        Assert.Equal(CircuitState.Open, breaker.State);
    }

    [Fact]
    public void BreakerKeepsItsSettings_WhenTheNewOnesAreFaulty()
    {
        var breaker = TestBreakers.AfterFailures(2, _time);
        breaker.Fail();

        var exception = Assert.Throws<OptionsValidationException>(() => breaker.Update(o => (o.ConsecutiveFailures, o.Probes) = (0, 0)));
        Assert.Equal(2, exception.Failures.Count());
        Assert.All(exception.Failures, f => Assert.StartsWith("Circuit breaker 'shop': ", f, StringComparison.Ordinal));
        breaker.Fail();

        Assert.Equal(CircuitState.Open, breaker.State);
    }

    [Fact]
    public void NameAndClockStay_WhenTheyAreChanged()
    {
        var breaker = TestBreakers.AfterFailures(1, _time);

        breaker.Update(o => (o.Name, o.TimeProvider) = ("other", TimeProvider.System));
        breaker.Fail();
        _time.Advance(TestBreakers.Break);

        Assert.Equal("shop", breaker.Name);
        Assert.False(breaker.Rejects());
    }
}
