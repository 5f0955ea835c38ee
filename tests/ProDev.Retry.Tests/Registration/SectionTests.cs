using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ProDev.Retry.Tests;

public sealed class SectionTests
{
    [Fact]
    public void EverySettingIsRead()
    {
        using var container = Container(Settings(
            ("MaxAttempts", "7"), ("Backoff", "linear"), ("BaseDelay", "00:00:00.250"), ("BackoffFactor", "1.5"), ("MaxDelay", "00:01:00"),
            ("Jitter", "Equal"), ("Deadline", "01:00:00"), ("AttemptTimeout", "00:00:05"), ("MaxServerDelay", "1.00:00:00"), ("nestedretries", "Multiply")));

        var options = container.GetRequiredService<IOptionsMonitor<RetryOptions>>().Get("reads");

        Assert.Equal(7, options.MaxAttempts);
        Assert.Equal(RetryBackoff.Linear, options.Backoff);
        Assert.Equal(TimeSpan.FromMilliseconds(250), options.BaseDelay);
        Assert.Equal(1.5, options.BackoffFactor);
        Assert.Equal(TimeSpan.FromMinutes(1), options.MaxDelay);
        Assert.Equal(RetryJitter.Equal, options.Jitter);
        Assert.Equal(TimeSpan.FromHours(1), options.Deadline);
        Assert.Equal(TimeSpan.FromSeconds(5), options.AttemptTimeout);
        Assert.Equal(TimeSpan.FromDays(1), options.MaxServerDelay);
        Assert.Equal(NestedRetries.Multiply, options.NestedRetries);
        Assert.Equal("reads", container.GetRequiredKeyedService<RetryPolicy>("reads").Name);
        Assert.Equal(3, container.GetRequiredService<IOptionsMonitor<RetryOptions>>().CurrentValue.MaxAttempts);
    }

    [Fact]
    public void AllFaultsAreReportedWithTheirPaths()
    {
        using var container = Container(Settings(
            ("MaxAttempts", "many"), ("MaxAttemps", "3"), ("BaseDelay", ""), ("Jitter:Kind", "Full"),
            // A decimal comma would be read as fifteen, and a number without a unit as days.
            ("BackoffFactor", "1,5"), ("Deadline", "30")));

        var exception = Assert.Throws<OptionsValidationException>(() => container.GetRequiredKeyedService<RetryPolicy>("reads"));

        Assert.Equal(6, exception.Failures.Count());
        Assert.Contains("Retry policy 'reads': 'Retry:Reads:MaxAttemps' is no setting.", exception.Message, StringComparison.Ordinal);
        foreach (var fault in new[] { "'Retry:Reads:MaxAttempts' is 'many'", "'Retry:Reads:BaseDelay' is ''", "'Retry:Reads:Jitter' is ''", "'Retry:Reads:BackoffFactor' is '1,5'", "'Retry:Reads:Deadline' is '30'" })
            Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallsToComeUseTheNewSettingsAndTheSameBudget_WhenTheSectionChanges()
    {
        var configuration = Settings(("MaxAttempts", "2"), ("BaseDelay", "00:00:00"));
        await using var container = Container(configuration, static o => o.Budget = RetryBudget.TokenRatio(20));
        var policy = container.GetRequiredKeyedService<RetryPolicy>("reads");
        var running = new TaskCompletionSource<int>();

        Assert.Equal(2, await AttemptsAsync(policy));
        var old = policy.TryExecuteAsync(_ => new ValueTask<int>(running.Task)).AsTask();
        Change(configuration, "MaxAttempts", "5");
        running.SetException(new IOException());

        Assert.Equal(2, (await old).Attempts);
        Assert.Equal(5, await AttemptsAsync(policy));
        // Nine of 20 tokens are gone: the budget was not filled again, and half of it is its limit.
        Assert.Equal(1, await AttemptsAsync(policy));
        Assert.Same(policy, container.GetRequiredKeyedService<RetryPolicy>("reads"));
    }

    [Theory]
    [InlineData("MaxAttempts", "0")]
    [InlineData("MaxAttempts", "x")]
    [InlineData("Unknown", "1")]
    public async Task OldSettingsStayAndAnErrorIsLogged_WhenTheChangedOnesAreInvalid(string key, string value)
    {
        var log = new RecordingLogger();
        var configuration = Settings(("MaxAttempts", "2"), ("BaseDelay", "00:00:00"));
        await using var container = Container(configuration, log: log);
        var policy = container.GetRequiredKeyedService<RetryPolicy>("reads");

        Change(configuration, key, value);

        Assert.Equal(2, await AttemptsAsync(policy));
        Assert.Contains("Error 3 Retry policy 'reads' keeps its settings, because the changed ones are out of range.", log.Messages);
    }

    [Fact]
    public async Task FirstUseSeesTheLatestSettings_WhenTheSectionChangedAfterTheStart()
    {
        var configuration = Settings(("MaxAttempts", "2"), ("BaseDelay", "00:00:00"));
        await using var container = Container(configuration);
        // What the host does at its start.
        container.GetRequiredService<IStartupValidator>().Validate();
        Change(configuration, "MaxAttempts", "6");

        Assert.Equal(6, await AttemptsAsync(container.GetRequiredKeyedService<RetryPolicy>("reads")));
    }

    [Fact]
    public async Task PolicyKeepsItsSettings_WhenTheContainerIsDisposed()
    {
        var configuration = Settings(("MaxAttempts", "2"), ("BaseDelay", "00:00:00"));
        RetryPolicy policy;
        await using (var container = Container(configuration))
            policy = container.GetRequiredKeyedService<RetryPolicy>("reads");

        Change(configuration, "MaxAttempts", "4");

        Assert.Equal(2, await AttemptsAsync(policy));
    }

    private static async Task<int> AttemptsAsync(RetryPolicy policy) =>
        (await policy.TryExecuteAsync(static ValueTask<int> (_) => throw new IOException())).Attempts;

    private static void Change(IConfigurationRoot configuration, string key, string value)
    {
        configuration[$"Retry:Reads:{key}"] = value;
        configuration.Reload();
    }

    private static IConfigurationRoot Settings(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(static s => KeyValuePair.Create("Retry:Reads:" + s.Key, (string?)s.Value)))
        .Build();

    private static ServiceProvider Container(IConfigurationRoot configuration, Action<RetryOptions>? configure = null, RecordingLogger? log = null)
    {
        var services = new ServiceCollection();
        if (log is not null)
            services.AddSingleton<ILoggerFactory>(log);
        services.AddRetryPolicy("reads", configuration.GetSection("Retry:Reads"), configure);
        return services.BuildServiceProvider();
    }

    [Fact]
    public void PolicyIsMade_WhenItsFaultySettingsWereCorrected()
    {
        var attempts = 0;
        var services = new ServiceCollection();
        services.AddProDevRetry().AddPolicy("geo", o => o.MaxAttempts = attempts);
        using var container = services.BuildServiceProvider();
        Assert.Throws<OptionsValidationException>(() => container.GetRequiredKeyedService<RetryPolicy>("geo"));

        attempts = 2;
        container.GetRequiredService<IOptionsMonitorCache<RetryOptions>>().Clear();        // as a reload does

        Assert.NotNull(container.GetRequiredKeyedService<RetryPolicy>("geo"));
    }
}
