using Microsoft.Extensions.Options;

namespace ProDev.Retry.Tests;

public sealed class HedgingOptionsTests
{
    [Fact]
    public void DefaultsAreTheDocumentedOnes()
    {
        var options = new HedgingOptions();

        Assert.Equal(2, options.MaxAttempts);
        Assert.Equal(TimeSpan.FromSeconds(1), options.Delay);
        Assert.Null(options.ShouldHedge);
        Assert.Null(options.OnHedge);
        Assert.Null(options.Budget);
        Assert.Same(TimeProvider.System, options.TimeProvider);
    }

    [Fact]
    public void AllFaultsAreReportedTogether_WhenSettingsAreOutOfRange()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => HedgingPolicy.Create(o =>
        {
            o.MaxAttempts = 0;
            o.Delay = TimeSpan.FromSeconds(-1);
            o.TimeProvider = null!;
        }));

        Assert.Equal(
            [
                "MaxAttempts is '0', but it must be from 1 to 10. It counts all copies: set it to 1 to hedge nothing.",
                "Delay is '-00:00:01', but it must be from zero to '24.20:31:23.6470000' (24.8 days). Set it to Timeout.InfiniteTimeSpan to start a copy only when one has failed.",
                "TimeProvider is null. Leave it at TimeProvider.System or set a clock.",
            ],
            exception.Failures);
    }

    [Fact]
    public void SettingIsRefused_WhenItIsTooLarge()
    {
        var exception = Assert.Throws<OptionsValidationException>(
            () => HedgingPolicy.Create(o => (o.MaxAttempts, o.Delay) = (11, TimeSpan.FromDays(25))));

        Assert.Equal(2, exception.Failures.Count());
    }

    [Fact]
    public void MissingDelegateIsRefused()
    {
        var policy = HedgingPolicy.Create();

        Assert.Throws<ArgumentNullException>("predicate", () => new HedgingOptions().HedgeResult<int>(null!));
        Assert.Throws<ArgumentNullException>("operation", () => { _ = policy.ExecuteAsync((Func<CancellationToken, ValueTask<int>>)null!).AsTask(); });
        Assert.Throws<ArgumentNullException>("operation", () => { _ = policy.ExecuteAsync((Func<CancellationToken, Task>)null!).AsTask(); });
    }

    [Fact]
    public async Task CallEndsClearly_WhenTheJudgeThrows()
    {
        var policy = HedgingPolicy.Create(o => o.ShouldHedge = static _ => throw new FormatException("judge"));

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await policy.ExecuteAsync<int>(static _ => throw new IOException("copy")));

        Assert.StartsWith("The ShouldHedge callback of the hedging policy threw for copy 1.", exception.Message, StringComparison.Ordinal);
        var both = Assert.IsType<AggregateException>(exception.InnerException).InnerExceptions;
        Assert.Equal(["judge", "copy"], both.Select(e => e.Message));
    }

    [Fact]
    public async Task CallEndsClearlyAndCopiesAreCancelled_WhenTheObserverThrows()
    {
        var copies = new Copies<int>();
        var call = HedgingPolicy.Create(o =>
        {
            o.Delay = TimeSpan.Zero;
            o.OnHedge = static _ => throw new FormatException("observer");
        }).ExecuteAsync(copies.RunAsync).AsTask();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => call);

        Assert.Equal("observer", Assert.IsType<FormatException>(exception.InnerException).Message);
        Assert.Equal(1, copies.Started);
        Assert.True(copies.TokenOf(1).IsCancellationRequested);
    }

    [Fact]
    public async Task CallEndsClearlyAndTheResultIsDisposed_WhenAResultPredicateThrows()
    {
        var result = new MemoryStream();
        var policy = HedgingPolicy.Create(o => o.HedgeResult<Stream>(static _ => throw new FormatException("predicate")));

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await policy.ExecuteAsync<Stream>(_ => new ValueTask<Stream>(result)));

        Assert.StartsWith("The HedgeResult callback", exception.Message, StringComparison.Ordinal);
        Assert.False(result.CanRead);
    }

    [Fact]
    public async Task PolicyKeepsItsSettings_WhenTheOptionsChangeLater()
    {
        HedgingOptions? kept = null;
        var policy = HedgingPolicy.Create(o => kept = o);
        kept!.MaxAttempts = 1;
        kept.HedgeResult<int>(static _ => true);
        var script = new Script(Script.Fails(), Script.Returns(5));

        Assert.Equal(5, await policy.ExecuteAsync(script.RunAsync));
    }
}
