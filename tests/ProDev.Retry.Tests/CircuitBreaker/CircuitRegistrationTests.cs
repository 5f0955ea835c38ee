using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

public sealed class CircuitRegistrationTests
{
    [Fact]
    public void BreakersAreKeyedSingletonsThatKnowTheirNames()
    {
        var services = new ServiceCollection();
        services.AddProDevRetry()
            .AddCircuitBreaker("shop", o => o.ConsecutiveFailures = 2)
            .AddCircuitBreaker("bank")
            .AddCircuitBreaker("shop", o => o.BreakDuration = TimeSpan.FromSeconds(7));
        using var container = services.BuildServiceProvider();

        var shop = container.GetRequiredKeyedService<CircuitBreaker>("shop");
        shop.Fail(2);

        Assert.InRange(shop.RetryAfter, TimeSpan.FromSeconds(5.001), TimeSpan.FromSeconds(7));
        Assert.Equal("shop", shop.Name);
        Assert.Same(shop, container.GetRequiredKeyedService<CircuitBreaker>("shop"));
        Assert.Equal(CircuitState.Closed, container.GetRequiredKeyedService<CircuitBreaker>("bank").State);
    }

    [Fact]
    public void ClockComesFromTheContainer_UnlessTheSettingsNameTheirOwn()
    {
        var (shared, own) = (new FakeTimeProvider(), new FakeTimeProvider());
        var services = new ServiceCollection().AddSingleton<TimeProvider>(shared);
        services.AddProDevRetry()
            .AddCircuitBreaker("shared", o => o.ConsecutiveFailures = 1)
            .AddCircuitBreaker("own", o => (o.ConsecutiveFailures, o.TimeProvider) = (1, own));
        using var container = services.BuildServiceProvider();
        var breakers = new[] { "shared", "own" }.Select(name => container.GetRequiredKeyedService<CircuitBreaker>(name)).ToList();
        breakers.ForEach(breaker => breaker.Fail());

        shared.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(5)], breakers.Select(breaker => breaker.RetryAfter));
    }

    [Fact]
    public void AllFaultsOfAllBreakersAreReported_WhenTheHostStarts()
    {
        var services = new ServiceCollection();
        services.AddProDevRetry()
            .AddCircuitBreaker("shop", o => (o.Probes, o.FailureRatio) = (0, 2))
            .AddCircuitBreaker("bank", o => o.MinimumThroughput = 0);
        using var container = services.BuildServiceProvider();

        var exception = Assert.Throws<AggregateException>(() => container.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal(
            [
                "Circuit breaker 'bank': MinimumThroughput is '0', but at least 1 is needed.",
                "Circuit breaker 'shop': FailureRatio is '2', but it must be above 0 and at most 1. Set it to null to switch the rule off.",
                "Circuit breaker 'shop': Probes is '0', but it must be from 1 to 1000.",
            ],
            exception.InnerExceptions.Cast<OptionsValidationException>().SelectMany(e => e.Failures).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void BreakerKeepsItsState_WhenItsSettingsAreReloaded()
    {
        var settings = new Reloadable("shop");
        var services = new ServiceCollection().AddSingleton<IOptionsChangeTokenSource<CircuitBreakerOptions>>(settings);
        services.AddProDevRetry().AddCircuitBreaker("shop", o => o.ConsecutiveFailures = settings.Failures);
        using var container = services.BuildServiceProvider();
        settings.Reload(failures: 10);
        var breaker = container.GetRequiredKeyedService<CircuitBreaker>("shop");
        breaker.Fail(2);

        settings.Reload(failures: 3);
        Assert.Equal((CircuitState.Closed, 2), (breaker.State, breaker.Snapshot().FailuresInARow));
        breaker.Fail();

        Assert.Equal(CircuitState.Open, breaker.State);
        settings.Reload(failures: 9);
        Assert.Equal(CircuitState.Open, breaker.State);
        Assert.Same(breaker, container.GetRequiredKeyedService<CircuitBreaker>("shop"));
    }

    [Fact]
    public void BreakerKeepsItsSettings_WhenTheReloadedOnesAreFaulty()
    {
        var settings = new Reloadable("shop");
        var services = new ServiceCollection().AddSingleton<IOptionsChangeTokenSource<CircuitBreakerOptions>>(settings);
        services.AddProDevRetry().AddCircuitBreaker("shop", o => o.ConsecutiveFailures = settings.Failures);
        using var container = services.BuildServiceProvider();
        settings.Failures = 2;
        var breaker = container.GetRequiredKeyedService<CircuitBreaker>("shop");

        // A token source reports what its listeners threw, all together.
        Assert.ThrowsAny<Exception>(() => settings.Reload(failures: 0));
        breaker.Fail();
        Assert.Equal(CircuitState.Closed, breaker.State);
        breaker.Fail();

        Assert.Equal(CircuitState.Open, breaker.State);
    }

    [Fact]
    public void BreakerIsMade_WhenItsFaultySettingsWereCorrected()
    {
        var settings = new Reloadable("shop") { Failures = 0 };
        var services = new ServiceCollection().AddSingleton<IOptionsChangeTokenSource<CircuitBreakerOptions>>(settings);
        services.AddProDevRetry().AddCircuitBreaker("shop", o => o.ConsecutiveFailures = settings.Failures);
        using var container = services.BuildServiceProvider();
        Assert.Throws<OptionsValidationException>(() => container.GetRequiredKeyedService<CircuitBreaker>("shop"));

        settings.Reload(failures: 1);

        var breaker = container.GetRequiredKeyedService<CircuitBreaker>("shop");
        breaker.Fail();
        Assert.Equal(CircuitState.Open, breaker.State);
    }

    [Fact]
    public void OwnNameAndClockStay_WhenTheyWereSetBeforeTheRegistration()
    {
        var (shared, own) = (new FakeTimeProvider(), new FakeTimeProvider());
        var services = new ServiceCollection().AddSingleton<TimeProvider>(shared);
        services.Configure<CircuitBreakerOptions>("shop", o => (o.Name, o.TimeProvider, o.ConsecutiveFailures) = ("the shop", own, 1));
        services.AddProDevRetry().AddCircuitBreaker("shop");
        using var container = services.BuildServiceProvider();
        var breaker = container.GetRequiredKeyedService<CircuitBreaker>("shop");
        breaker.Fail();

        shared.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(("the shop", TimeSpan.FromSeconds(5)), (breaker.Name, breaker.RetryAfter));
    }

    [Fact]
    public void ArgumentsAreChecked()
    {
        var builder = new ServiceCollection().AddProDevRetry();

        Assert.Throws<ArgumentException>(() => builder.AddCircuitBreaker(" "));
        Assert.Throws<ArgumentNullException>(() => builder.AddCircuitBreaker(null!));
        Assert.Throws<ArgumentNullException>(() => default(IProDevRetryBuilder)!.AddCircuitBreaker("shop"));
    }

    private sealed class Reloadable(string name) : IOptionsChangeTokenSource<CircuitBreakerOptions>
    {
        private CancellationTokenSource _source = new();

        public string Name => name;

        public int Failures { get; set; } = 1;

        public IChangeToken GetChangeToken() => new CancellationChangeToken(_source.Token);

        public void Reload(int failures)
        {
            Failures = failures;
            Interlocked.Exchange(ref _source, new CancellationTokenSource()).Cancel();
        }
    }
}
