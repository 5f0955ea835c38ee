using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

/// <summary>What concurrency limits and hedging policies measure.</summary>
[Collection(WatchedAlone.Name)]
public sealed class StrategyMetricsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly MeterListener _listener = new();
    private readonly List<string> _counted = [];

    public StrategyMetricsTests()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name.StartsWith("prodev.limit", StringComparison.Ordinal) || instrument.Name.StartsWith("prodev.hedging", StringComparison.Ordinal))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) =>
        {
            lock (_counted)
                _counted.Add($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))} {count}");
        });
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task EachRefusalIsCountedWithItsReason_WhenALimitIsFullOrTheWaitTooLong()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        services.AddProDevRetry().AddConcurrencyLimit("geo", maxConcurrent: 1, maxQueued: 1, queueTimeout: TimeSpan.FromSeconds(2));
        await using var container = services.BuildServiceProvider();
        var limit = container.GetRequiredKeyedService<ConcurrencyLimit>("geo");
        using var taken = await limit.EnterAsync();

        var waiting = limit.EnterAsync().AsTask();
        Assert.False(limit.TryEnter(out _));
        await Assert.ThrowsAsync<ConcurrencyLimitException>(async () => await limit.ExecuteAsync(static _ => ValueTask.FromResult(1)));
        _time.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<ConcurrencyLimitException>(() => waiting);

        Assert.Equal(
            ["prodev.limit.rejections limit.name=geo limit.reason=full 1", "prodev.limit.rejections limit.name=geo limit.reason=full 1", "prodev.limit.rejections limit.name=geo limit.reason=timeout 1"],
            _counted);
    }

    [Fact]
    public void NameIsGiven_WhenTheLimitIsMadeByHand()
    {
        Assert.Equal("geo", ConcurrencyLimit.Create(1, name: "geo").Name);
        Assert.Empty(ConcurrencyLimit.Create(1).Name);
    }

    [Fact]
    public async Task CopiesAndWinsAreCounted_WhenTheFirstCopyIsSlow()
    {
        var copies = new Copies<int>();
        var call = Hedging(budget: null).ExecuteAsync(copies.RunAsync).AsTask();
        _time.Advance(TimeSpan.FromSeconds(1));
        copies.Return(2, 2);

        Assert.Equal(2, await call);
        Assert.Equal(["prodev.hedging.copies hedging.policy=search hedging.reason=delay 1", "prodev.hedging.wins hedging.policy=search 1"], _counted);
    }

    [Fact]
    public async Task RefusalIsCounted_WhenTheBudgetIsSpent()
    {
        var policy = Hedging(RetryBudget.TokenRatio(maxTokens: 3));
        var script = new Script(Script.Fails(), Script.Fails(), Script.Fails());

        await Assert.ThrowsAsync<IOException>(async () => await policy.ExecuteAsync(script.RunAsync));

        Assert.Equal(["prodev.hedging.copies hedging.policy=search hedging.reason=failure 1", "prodev.hedging.refusals hedging.policy=search 1"], _counted);
    }

    [Fact]
    public async Task NothingIsCounted_WhenTheFirstCopyAnswers()
    {
        Assert.Equal(1, await Hedging(budget: null).ExecuteAsync(static _ => ValueTask.FromResult(1)));
        Assert.Empty(_counted);
    }

    private HedgingPolicy Hedging(RetryBudget? budget)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        services.AddProDevRetry().AddHedgingPolicy("search", o => (o.MaxAttempts, o.Delay, o.Budget) = (3, TimeSpan.FromSeconds(1), budget));
        using var container = services.BuildServiceProvider();
        return container.GetRequiredKeyedService<HedgingPolicy>("search");
    }
}
