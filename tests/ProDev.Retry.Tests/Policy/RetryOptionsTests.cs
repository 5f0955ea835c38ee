using Microsoft.Extensions.Options;

namespace ProDev.Retry.Tests;

public sealed class RetryOptionsTests
{
    [Fact]
    public void DefaultsAreTheDocumentedOnes()
    {
        var options = new RetryOptions();

        Assert.Equal(3, options.MaxAttempts);
        Assert.Equal(TimeSpan.FromMilliseconds(100), options.BaseDelay);
        Assert.Equal(2, options.BackoffFactor);
        Assert.Equal(TimeSpan.FromSeconds(10), options.MaxDelay);
        Assert.Equal(RetryJitter.Full, options.Jitter);
        Assert.Null(options.Deadline);
        Assert.Null(options.ShouldRetry);
        Assert.Null(options.OnRetry);
        Assert.Null(options.Budget);
        Assert.Same(TimeProvider.System, options.TimeProvider);
        Assert.InRange(options.Randomizer(), 0, 1);
    }

    [Fact]
    public void AllFaultsAreReportedTogether_WhenSettingsAreOutOfRange()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => RetryPolicy.Create(o =>
        {
            o.MaxAttempts = 0;
            o.BaseDelay = TimeSpan.FromSeconds(-1);
            o.BackoffFactor = 0.5;
            o.MaxDelay = TimeSpan.FromDays(25);
            o.Jitter = (RetryJitter)9;
            o.Backoff = (RetryBackoff)7;
            o.Deadline = TimeSpan.Zero;
            o.AttemptTimeout = TimeSpan.Zero;
            o.MaxServerDelay = TimeSpan.FromSeconds(-1);
            o.NestedRetries = (NestedRetries)5;
            o.Logger = null!;
            o.TimeProvider = null!;
            o.Randomizer = null!;
        }));

        Assert.Equal(
            [
                "MaxAttempts is '0', but at least 1 is needed. It counts all attempts: set it to 1 to retry nothing.",
                "BaseDelay is '-00:00:01', but it cannot be negative. Set it to zero to retry at once.",
                "MaxDelay is '25.00:00:00', but it must be from zero to '24.20:31:23.6470000' (24.8 days).",
                "BackoffFactor is '0.5', but it must be a number from 1. Set it to 1 for a constant delay.",
                "Jitter is '9', which is no member of RetryJitter. Use None, Full, Equal, Decorrelated or DecorrelatedV2.",
                "Backoff is '7', which is no member of RetryBackoff. Use Exponential, Linear or Constant.",
                "Deadline is '00:00:00', but it must be above zero. Set it to null for no deadline.",
                "AttemptTimeout is '00:00:00', but it must be above zero and at most '24.20:31:23.6470000' (24.8 days). Set it to null for no limit.",
                "MaxServerDelay is '-00:00:01', but it must be from zero to '24.20:31:23.6470000' (24.8 days). Set it to null to let only Deadline limit it.",
                "NestedRetries is '5', which is no member of NestedRetries. Use Count or Multiply.",
                "Logger is null. Leave it at its default, or set NullLogger.Instance.",
                "TimeProvider is null. Leave it at TimeProvider.System or set a clock.",
                "Randomizer is null. Leave it at its default, or set Jitter to None for delays without randomness.",
            ],
            exception.Failures);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-2.0)]
    public void FactorIsRefused_WhenItIsNoNumberFromOne(double factor) =>
        Assert.StartsWith("BackoffFactor is '", Assert.Single(FaultsOf(o => o.BackoffFactor = factor)), StringComparison.Ordinal);

    [Fact]
    public void BaseDelayIsRefused_WhenItIsLongerThanTheLongestDelay() => Assert.Equal(
        "BaseDelay is '00:01:00', which is longer than MaxDelay '00:00:10'. Shorten it, or raise MaxDelay.",
        Assert.Single(FaultsOf(o => o.BaseDelay = TimeSpan.FromMinutes(1))));

    [Fact]
    public void DeadlineIsRefused_WhenItIsMeantAsInfinite() => Assert.Equal(
        "Deadline is '-00:00:00.0010000', but it must be above zero. Set it to null for no deadline.",
        Assert.Single(FaultsOf(o => o.Deadline = Timeout.InfiniteTimeSpan)));

    [Fact]
    public async Task PolicyKeepsItsSettings_WhenTheOptionsChangeLater()
    {
        RetryOptions? kept = null;
        var policy = TestPolicies.WithoutDelay(configure: o => kept = o);
        kept!.MaxAttempts = 1;
        kept.RetryResult<int>(_ => true);
        var script = new Script(Script.Fails(), Script.Fails(), Script.Returns(5));

        Assert.Equal(5, await policy.ExecuteAsync(script.RunAsync));
    }

    [Fact]
    public void DecisionsConvertAndCompareAsPredicates()
    {
        RetryDecision yes = true;
        RetryDecision no = false;

        Assert.True(yes == RetryDecision.Retry);
        Assert.True(no == RetryDecision.Stop);
        Assert.True(yes != no);
        Assert.Equal(RetryDecision.Stop, default);
        Assert.Equal("Retry", yes.ToString());
        Assert.Equal("Stop", no.ToString());
    }

    private static IEnumerable<string> FaultsOf(Action<RetryOptions> configure) =>
        Assert.Throws<OptionsValidationException>(() => RetryPolicy.Create(configure)).Failures;
}
