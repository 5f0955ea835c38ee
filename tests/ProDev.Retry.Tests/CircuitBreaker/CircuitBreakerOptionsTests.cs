using Microsoft.Extensions.Options;

namespace ProDev.Retry.Tests;

public sealed class CircuitBreakerOptionsTests
{
    [Fact]
    public void DefaultsAreTheDocumentedOnes()
    {
        var options = new CircuitBreakerOptions();

        Assert.Equal(0.5, options.FailureRatio);
        Assert.Equal(20, options.MinimumThroughput);
        Assert.Equal(TimeSpan.FromSeconds(30), options.SamplingDuration);
        Assert.Null(options.ConsecutiveFailures);
        Assert.Equal(TimeSpan.FromSeconds(5), options.BreakDuration);
        Assert.Null(options.BreakDurationGenerator);
        Assert.Equal(1, options.Probes);
        Assert.Equal(TimeSpan.FromSeconds(30), options.ProbeLease);
        Assert.Null(options.ShouldCount);
        Assert.Null(options.OnChange);
        Assert.Same(TimeProvider.System, options.TimeProvider);
        Assert.Empty(options.Name);
        Assert.Equal(CircuitState.Closed, CircuitBreaker.Create().State);
    }

    [Fact]
    public void AllFaultsAreReportedTogether_WhenSettingsAreOutOfRange()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => CircuitBreaker.Create(o =>
        {
            o.FailureRatio = double.NaN;
            o.MinimumThroughput = 0;
            o.SamplingDuration = TimeSpan.FromMilliseconds(199);
            o.ConsecutiveFailures = 0;
            o.BreakDuration = TimeSpan.Zero;
            o.Probes = 0;
            o.ProbeLease = TimeSpan.FromDays(25);
            o.TimeProvider = null!;
            o.Name = null!;
        }));

        Assert.Equal(
            [
                "FailureRatio is 'NaN', but it must be above 0 and at most 1. Set it to null to switch the rule off.",
                "MinimumThroughput is '0', but at least 1 is needed.",
                "SamplingDuration is '00:00:00.1990000', but it must be from '00:00:00.2000000' to '24.20:31:23.6470000' (24.8 days).",
                "ConsecutiveFailures is '0', but at least 1 is needed. Set it to null to switch the rule off.",
                "BreakDuration is '00:00:00', but it must be above zero and at most '24.20:31:23.6470000' (24.8 days).",
                "Probes is '0', but it must be from 1 to 1000.",
                "ProbeLease is '25.00:00:00', but it must be above zero and at most '24.20:31:23.6470000' (24.8 days).",
                "TimeProvider is null. Leave it at TimeProvider.System or set a clock.",
                "Name is null. Leave it empty for a breaker without a name.",
            ],
            exception.Failures);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-0.5)]
    [InlineData(1.01)]
    [InlineData(double.PositiveInfinity)]
    public void RatioIsRefused_WhenItIsNoShare(double ratio) =>
        Assert.StartsWith("FailureRatio is '", FaultOf(o => o.FailureRatio = ratio), StringComparison.Ordinal);

    [Fact]
    public void DurationsAreRefused_WhenTheyAreNegativeOrTooLong()
    {
        foreach (var duration in new[] { Timeout.InfiniteTimeSpan, TimeSpan.MinValue, TimeSpan.MaxValue })
        {
            Assert.StartsWith("BreakDuration is '", FaultOf(o => o.BreakDuration = duration), StringComparison.Ordinal);
            Assert.StartsWith("ProbeLease is '", FaultOf(o => o.ProbeLease = duration), StringComparison.Ordinal);
            Assert.StartsWith("SamplingDuration is '", FaultOf(o => o.SamplingDuration = duration), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void SettingsAreRefused_WhenNoRuleIsLeft() => Assert.Equal(
        "FailureRatio and ConsecutiveFailures are both null, so the breaker would never open. Set one of them.",
        FaultOf(o => o.FailureRatio = null));

    [Fact]
    public void ProbesAreRefused_WhenThereAreTooMany() =>
        Assert.Equal("Probes is '1001', but it must be from 1 to 1000.", FaultOf(o => o.Probes = 1001));

    [Fact]
    public void BreakerKeepsItsSettings_WhenTheOptionsChangeLater()
    {
        CircuitBreakerOptions? kept = null;
        var breaker = CircuitBreaker.Create(o => (kept = o).ConsecutiveFailures = 2);
        kept!.ConsecutiveFailures = 1;

        breaker.Fail();

        Assert.Equal(CircuitState.Closed, breaker.State);
    }

    private static string FaultOf(Action<CircuitBreakerOptions> configure) =>
        Assert.Single(Assert.Throws<OptionsValidationException>(() => CircuitBreaker.Create(configure)).Failures);
}
