using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Retry.Tests;

/// <summary>The code that the READMEs show, run.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public async Task PolicyRetries_AsTheReadmeShows()
    {
        var source = new Script(Script.Fails(), Script.Returns(7));
        using var caller = new CancellationTokenSource();
        var cancellationToken = caller.Token;

        #region snippet: retry-policy
        var policy = RetryPolicy.Create(o =>
        {
            o.MaxAttempts = 4;                               // all attempts: one call and up to three retries
            o.BaseDelay = TimeSpan.FromMilliseconds(50);     // then 100 and 200 ms, each at most: full jitter
            o.Deadline = TimeSpan.FromSeconds(30);           // a delay that does not fit is not waited for
            o.Budget = RetryBudget.TokenRatio(maxTokens: 100, tokenRatio: 0.1);
        });

        // A static lambda with state needs no closure: a call that succeeds allocates nothing.
        int population = await policy.ExecuteAsync(source, static (s, token) => s.RunAsync(token), cancellationToken);
        #endregion

        Assert.Equal(7, population);
        Assert.Equal(2, source.Attempts);
    }

    [Fact]
    public async Task DecoratedServiceRetries_AsTheReadmeShows()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new InstantTimeProvider());

        #region snippet: retry-registration
        services.AddProDevRetry(o => o.Budget = RetryBudget.TokenRatio())        // the default policy
                .AddPolicy("slow", o => o.BaseDelay = TimeSpan.FromSeconds(1));
        services.AddScoped<IWeather, Weather>().DecorateWithRetry<IWeather>();
        #endregion

        await using var container = services.BuildServiceProvider();
        await using var scope = container.CreateAsyncScope();
        var weather = scope.ServiceProvider.GetRequiredService<IWeather>();

        Assert.Equal(21.5, await weather.TemperatureAsync("Łódź"));
        Assert.Equal("sun", await weather.ForecastAsync("Łódź"));
    }

    [Fact]
    public void SettingsComeFromTheConfiguration_AsTheReadmeShows()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Retry:Geo:MaxAttempts"] = "7" })
            .Build();
        var services = new ServiceCollection();

        #region snippet: retry-section
        services.AddRetryPolicy("geo", configuration.GetSection("Retry:Geo"));   // [FromKeyedServices("geo")] RetryPolicy policy
        services.AddProDevRetry().AddCircuitBreaker("geo", configuration.GetSection("Breakers:Geo"));
        #endregion

        using var container = services.BuildServiceProvider();
        var attempts = 0;
        Assert.Throws<IOException>(() => container.GetRequiredKeyedService<RetryPolicy>("geo").Execute(_ => throw new IOException($"{++attempts}")));
        Assert.Equal(7, attempts);
    }

    [Fact]
    public async Task OutcomeIsAnswered_AsTheReadmeShows()
    {
        var policy = TestPolicies.WithoutDelay(2);
        var source = new Script(Script.Fails("down"));
        var cancellationToken = CancellationToken.None;

        #region snippet: retry-try
        RetryOutcome<int> outcome = await policy.TryExecuteAsync(source, static (s, token) => s.RunAsync(token), cancellationToken);
        string text = outcome.IsSuccess ? $"{outcome.Result}" : $"{outcome.End} after {outcome.History.Count} attempts: {outcome.Exception?.Message}";
        #endregion

        Assert.Equal("AttemptsUsedUp after 2 attempts: down", text);
    }

    [Fact]
    public async Task BudgetIsKeptPerHost_AsTheReadmeShows()
    {
        #region snippet: retry-budgets
        // At most 500 hosts; those that were not called lately make room for others.
        var budgets = new RetryBudgets(static host => RetryBudget.Percent(percent: 0.1, minRetriesPerSecond: 1), maximumKeys: 500);

        var policy = RetryPolicy.Create(o => o.Budget = budgets.Get("api.example.com"));
        #endregion

        Assert.Equal(7, await policy.ExecuteAsync(static _ => ValueTask.FromResult(7)));
        Assert.Equal(10.1, budgets.Get("api.example.com").Snapshot().Tokens, precision: 6);
    }

    [Fact]
    public async Task FailuresAreJudged_AsTheReadmeShows()
    {
        #region snippet: retry-judge
        var policy = RetryPolicy.Create(o =>
        {
            o.ShouldRetry = static failed => failed.IsRetriedByDefault && failed.Exception is not PaymentDeclinedException;
            o.RetryResult<Reply>(static reply => reply.Status == 503);
            o.OnRetry = static retry => Console.WriteLine($"Attempt {retry.Attempt} failed, the next one follows in {retry.Delay}.");
            o.BaseDelay = TimeSpan.Zero;
        });
        #endregion

        var replies = new Queue<Reply>([new(503), new(200)]);
        Assert.Equal(200, (await policy.ExecuteAsync(_ => ValueTask.FromResult(replies.Dequeue()))).Status);
        Assert.Throws<PaymentDeclinedException>(() => policy.Execute(_ => throw new PaymentDeclinedException()));
    }

    private sealed record Reply(int Status);

    private sealed class PaymentDeclinedException : Exception;
}

#region snippet: retry-interface
public interface IWeather
{
    [Retry(MaxAttempts = 3, BaseDelay = "00:00:00.100", Deadline = "00:00:10"), Idempotent]
    ValueTask<double> TemperatureAsync(string city, CancellationToken ct = default);

    [Retry(Policy = "slow"), Idempotent]
    Task<string> ForecastAsync(string city, CancellationToken ct = default);
}
#endregion

internal sealed class Weather : IWeather
{
    private int _calls;

    public ValueTask<double> TemperatureAsync(string city, CancellationToken ct = default) =>
        _calls++ == 0 ? throw new TimeoutException() : new(21.5);

    public async Task<string> ForecastAsync(string city, CancellationToken ct = default)
    {
        await Task.Yield();
        return _calls++ == 1 ? throw new IOException() : "sun";
    }
}

#region snippet: retry-guarded
public interface ITides
{
    [Retry(MaxAttempts = 3), Timeout("00:00:02"), CircuitBreaker("tides"), Idempotent]
    ValueTask<double> LevelAsync(string harbour, CancellationToken ct);
}
#endregion
