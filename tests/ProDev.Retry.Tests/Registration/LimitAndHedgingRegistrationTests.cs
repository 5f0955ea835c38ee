using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

public sealed class LimitAndHedgingRegistrationTests
{
    private readonly ServiceCollection _services = new();

    [Fact]
    public void LimitIsOneForEachName()
    {
        _services.AddProDevRetry().AddConcurrencyLimit("db", 4, maxQueued: 2).AddConcurrencyLimit("mail", 1);
        using var container = _services.BuildServiceProvider();

        var limit = container.GetRequiredKeyedService<ConcurrencyLimit>("db");

        Assert.Equal((4, 2), (limit.MaxConcurrent, limit.MaxQueued));
        Assert.Same(limit, container.GetRequiredKeyedService<ConcurrencyLimit>("db"));
        Assert.Equal(1, container.GetRequiredKeyedService<ConcurrencyLimit>("mail").MaxConcurrent);
    }

    [Fact]
    public async Task LimitUsesTheContainersClock()
    {
        var time = new FakeTimeProvider();
        _services.AddSingleton<TimeProvider>(time);
        _services.AddProDevRetry().AddConcurrencyLimit("db", 1, maxQueued: 1, TimeSpan.FromSeconds(1));
        await using var container = _services.BuildServiceProvider();
        var limit = container.GetRequiredKeyedService<ConcurrencyLimit>("db");
        using var running = await limit.EnterAsync();
        var waiting = limit.EnterAsync().AsTask();

        time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<ConcurrencyLimitException>(() => waiting);
    }

    [Fact]
    public async Task HedgingPolicyIsOneForEachNameAndUsesTheContainersClock()
    {
        var time = new FakeTimeProvider();
        _services.AddSingleton<TimeProvider>(time);
        _services.AddProDevRetry()
            .AddHedgingPolicy("search", o => o.MaxAttempts = 3)
            .AddHedgingPolicy("search", o => o.Delay = TimeSpan.FromSeconds(2));
        await using var container = _services.BuildServiceProvider();
        var policy = container.GetRequiredKeyedService<HedgingPolicy>("search");
        Assert.Same(policy, container.GetRequiredKeyedService<HedgingPolicy>("search"));
        var copies = new Copies<int>();

        var call = policy.ExecuteAsync(copies.RunAsync).AsTask();
        time.Advance(TimeSpan.FromSeconds(2));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(3, copies.Started);

        copies.Return(1, 1);
        Assert.Equal(1, await call);
    }

    [Fact]
    public void AllFaultsAreReportedWithTheName_WhenTheHostStarts()
    {
        _services.AddProDevRetry().AddHedgingPolicy("search", o => (o.MaxAttempts, o.Delay) = (0, TimeSpan.FromDays(-1)));
        using var container = _services.BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(container.GetRequiredService<IStartupValidator>().Validate);

        Assert.Equal(2, exception.Failures.Count());
        Assert.All(exception.Failures, f => Assert.StartsWith("Hedging policy 'search': ", f, StringComparison.Ordinal));
    }

    [Fact]
    public void BadArgumentsAreRefused_WhenTheyAreRegistered()
    {
        var builder = _services.AddProDevRetry();

        Assert.Throws<ArgumentOutOfRangeException>("maxConcurrent", () => builder.AddConcurrencyLimit("db", 0));
        Assert.Throws<ArgumentException>("name", () => builder.AddConcurrencyLimit(" ", 1));
        Assert.Throws<ArgumentException>("name", () => builder.AddHedgingPolicy(""));
        Assert.Throws<ArgumentNullException>("builder", () => ((IProDevRetryBuilder)null!).AddConcurrencyLimit("db", 1));
        Assert.Throws<ArgumentNullException>("builder", () => ((IProDevRetryBuilder)null!).AddHedgingPolicy("db"));
    }
}
