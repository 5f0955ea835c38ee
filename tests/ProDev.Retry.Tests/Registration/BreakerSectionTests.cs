using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ProDev.Retry.Tests;

public sealed class BreakerSectionTests
{
    [Fact]
    public void EverySettingIsRead()
    {
        using var container = Container(Settings(
            ("FailureRatio", "0.25"), ("MinimumThroughput", "9"), ("SamplingDuration", "00:01:00"), ("ConsecutiveFailures", "4"),
            ("BreakDuration", "00:00:07"), ("Probes", "3"), ("probelease", "00:00:11")));

        var options = container.GetRequiredService<IOptionsMonitor<CircuitBreakerOptions>>().Get("geo");

        Assert.Equal((0.25, 9, 4, 3), (options.FailureRatio, options.MinimumThroughput, options.ConsecutiveFailures, options.Probes));
        Assert.Equal(
            (TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(11)),
            (options.SamplingDuration, options.BreakDuration, options.ProbeLease));
        Assert.Equal("geo", container.GetRequiredKeyedService<CircuitBreaker>("geo").Name);
    }

    [Fact]
    public void RuleIsOff_WhenItsTextIsEmpty()
    {
        using var container = Container(
            Settings(("FailureRatio", ""), ("ConsecutiveFailures", "2")), static o => o.ConsecutiveFailures = 9);

        var options = container.GetRequiredService<IOptionsMonitor<CircuitBreakerOptions>>().Get("geo");

        Assert.Equal((null, 2), (options.FailureRatio, options.ConsecutiveFailures));
    }

    [Fact]
    public void AllFaultsAreReportedWithTheirPaths_WhenTheHostStarts()
    {
        using var container = Container(Settings(
            ("FailureRatio", "0,5"), ("Probes", "two"), ("BreakDuration", "5"), ("BreakDurations", "00:00:05"), ("ConsecutiveFailures:Count", "3")));

        var exception = Assert.Throws<OptionsValidationException>(() => container.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal(5, exception.Failures.Count());
        Assert.Contains("Circuit breaker 'geo': 'Breakers:Geo:BreakDurations' is no setting. There are FailureRatio, MinimumThroughput,", exception.Message, StringComparison.Ordinal);
        foreach (var fault in new[] { "'Breakers:Geo:FailureRatio' is '0,5'", "'Breakers:Geo:Probes' is 'two'", "'Breakers:Geo:BreakDuration' is '5'", "'Breakers:Geo:ConsecutiveFailures' is ''" })
            Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ValueOutOfRangeIsReported_WhenTheHostStarts()
    {
        using var container = Container(Settings(("Probes", "0")));

        var exception = Assert.Throws<OptionsValidationException>(() => container.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal("Circuit breaker 'geo': Probes is '0', but it must be from 1 to 1000.", exception.Message);
    }

    [Fact]
    public void StateIsKeptAndNewSettingsCount_WhenTheSectionChanges()
    {
        var configuration = Settings(("ConsecutiveFailures", "10"));
        using var container = Container(configuration);
        var breaker = container.GetRequiredKeyedService<CircuitBreaker>("geo");
        breaker.Fail(2);

        Change(configuration, "ConsecutiveFailures", "3");
        Assert.Equal((CircuitState.Closed, 2), (breaker.State, breaker.Snapshot().FailuresInARow));
        breaker.Fail();

        Assert.Equal(CircuitState.Open, breaker.State);
        Change(configuration, "ConsecutiveFailures", "9");
        Assert.Equal(CircuitState.Open, breaker.State);
        Assert.Same(breaker, container.GetRequiredKeyedService<CircuitBreaker>("geo"));
    }

    [Theory]
    [InlineData("ConsecutiveFailures", "0")]
    [InlineData("ConsecutiveFailures", "x")]
    [InlineData("Unknown", "1")]
    public void OldSettingsStayAndAnErrorIsLogged_WhenTheChangedOnesAreInvalid(string key, string value)
    {
        var log = new RecordingLogger();
        var configuration = Settings(("ConsecutiveFailures", "2"));
        using var container = Container(configuration, log: log);
        var breaker = container.GetRequiredKeyedService<CircuitBreaker>("geo");

        // It does not throw into whatever changed the configuration.
        Change(configuration, key, value);

        Assert.Contains("Error 20 Circuit breaker 'geo' keeps its settings, because the changed ones are out of range.", log.Messages);
        breaker.Fail();
        Assert.Equal(CircuitState.Closed, breaker.State);
        breaker.Fail();
        Assert.Equal(CircuitState.Open, breaker.State);
    }

    [Fact]
    public void FirstUseSeesTheLatestSettings_WhenTheSectionChangedAfterTheStart()
    {
        var configuration = Settings(("ConsecutiveFailures", "9"));
        using var container = Container(configuration);
        container.GetRequiredService<IStartupValidator>().Validate();
        Change(configuration, "ConsecutiveFailures", "1");

        var breaker = container.GetRequiredKeyedService<CircuitBreaker>("geo");
        breaker.Fail();

        Assert.Equal(CircuitState.Open, breaker.State);
    }

    [Fact]
    public void BreakerKeepsItsSettings_WhenTheContainerIsDisposed()
    {
        var configuration = Settings(("ConsecutiveFailures", "2"));
        CircuitBreaker breaker;
        using (var container = Container(configuration))
            breaker = container.GetRequiredKeyedService<CircuitBreaker>("geo");

        Change(configuration, "ConsecutiveFailures", "1");
        breaker.Fail();

        Assert.Equal(CircuitState.Closed, breaker.State);
    }

    [Fact]
    public void HedgingPolicyReadsItsSection()
    {
        var configuration = Settings(("MaxAttempts", "3"), ("Delay", "00:00:00.250"));
        var services = new ServiceCollection();
        services.AddProDevRetry().AddHedgingPolicy("search", configuration.GetSection("Breakers:Geo"), static o => o.MaxAttempts = 9);
        using var container = services.BuildServiceProvider();

        var options = container.GetRequiredService<IOptionsMonitor<HedgingOptions>>().Get("search");

        Assert.Equal((3, TimeSpan.FromMilliseconds(250)), (options.MaxAttempts, options.Delay));
        Assert.NotNull(container.GetRequiredKeyedService<HedgingPolicy>("search"));
    }

    [Fact]
    public void HedgingFaultsAreReportedWithTheirPaths_WhenTheHostStarts()
    {
        var configuration = Settings(("MaxAttempts", "x"), ("Delays", "00:00:01"));
        var services = new ServiceCollection();
        services.AddProDevRetry().AddHedgingPolicy("search", configuration.GetSection("Breakers:Geo"));
        using var container = services.BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(() => container.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal(2, exception.Failures.Count());
        Assert.Contains("Hedging policy 'search': 'Breakers:Geo:Delays' is no setting. There are MaxAttempts, Delay.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ArgumentsAreChecked()
    {
        var builder = new ServiceCollection().AddProDevRetry();
        IConfiguration section = Settings();

        Assert.Throws<ArgumentException>("name", () => builder.AddCircuitBreaker(" ", section));
        Assert.Throws<ArgumentNullException>("section", () => builder.AddCircuitBreaker("geo", default(IConfiguration)!));
        Assert.Throws<ArgumentNullException>("builder", () => default(IProDevRetryBuilder)!.AddCircuitBreaker("geo", section));
        Assert.Throws<ArgumentException>("name", () => builder.AddHedgingPolicy(" ", section));
        Assert.Throws<ArgumentNullException>("section", () => builder.AddHedgingPolicy("geo", default(IConfiguration)!));
    }

    private static void Change(IConfigurationRoot configuration, string key, string value)
    {
        configuration[$"Breakers:Geo:{key}"] = value;
        configuration.Reload();
    }

    private static IConfigurationRoot Settings(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(static s => KeyValuePair.Create("Breakers:Geo:" + s.Key, (string?)s.Value)))
        .Build();

    private static ServiceProvider Container(IConfigurationRoot configuration, Action<CircuitBreakerOptions>? configure = null, RecordingLogger? log = null)
    {
        var services = new ServiceCollection();
        if (log is not null)
            services.AddSingleton<ILoggerFactory>(log);
        services.AddProDevRetry().AddCircuitBreaker("geo", configuration.GetSection("Breakers:Geo"), configure);
        return services.BuildServiceProvider();
    }
}
