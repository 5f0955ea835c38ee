using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Retry.Tests;

/// <summary>The code that the README shows, run.</summary>
public sealed class LimitAndHedgingReadmeTests
{
    [Fact]
    public async Task CallIsLimitedRetriedAndHedged_AsTheReadmeShows()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new InstantTimeProvider());
        var source = new Script(Script.Fails(), Script.Fails(), Script.Returns(7));
        var cancellationToken = CancellationToken.None;

        #region snippet: retry-limit-hedging
        services.AddProDevRetry()
                .AddConcurrencyLimit("search", maxConcurrent: 16, maxQueued: 100, queueTimeout: TimeSpan.FromSeconds(2))
                .AddHedgingPolicy("search", o => o.Delay = TimeSpan.FromMilliseconds(300));   // or at once, when a copy fails

        await using var provider = services.BuildServiceProvider();
        var limit = provider.GetRequiredKeyedService<ConcurrencyLimit>("search");
        var hedging = provider.GetRequiredKeyedService<HedgingPolicy>("search");
        var retry = provider.GetRequiredService<RetryPolicy>();

        // One place for the whole call; each attempt of the retry hedges anew.
        int hits = await limit.ExecuteAsync(
            token => retry.ExecuteAsync(attempt => hedging.ExecuteAsync(source.RunAsync, attempt), token), cancellationToken);
        #endregion

        Assert.Equal(7, hits);
        Assert.Equal(3, source.Attempts);
        Assert.Equal(0, limit.Running);
    }

    [Fact]
    public async Task EitherOrderWorks_AsTheReadmeShows()
    {
        var (limit, retry) = (ConcurrencyLimit.Create(maxConcurrent: 1), TestPolicies.WithoutDelay());
        var source = new Script(Script.Fails(), Script.Returns(7), Script.Fails(), Script.Returns(8));
        var cancellationToken = CancellationToken.None;

        #region snippet: retry-limit-orders
        // Inside: each attempt takes a place, and a retry that waits for its delay holds none.
        int first = await retry.ExecuteAsync(token => limit.ExecuteAsync(source.RunAsync, token), cancellationToken);

        // Outside: one place for the whole call, its delays included.
        int second = await limit.ExecuteAsync(token => retry.ExecuteAsync(source.RunAsync, token), cancellationToken);
        #endregion

        Assert.Equal((7, 8, 4, 0), (first, second, source.Attempts, limit.Running));
    }
}
