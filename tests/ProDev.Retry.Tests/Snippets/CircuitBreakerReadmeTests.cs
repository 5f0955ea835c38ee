using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Retry.Tests;

/// <summary>The code that the README shows of circuit breakers, run.</summary>
public sealed class CircuitBreakerReadmeTests
{
    [Fact]
    public async Task BreakerOpens_AsTheReadmeShows()
    {
        var source = new Script(Script.Fails());
        var services = new ServiceCollection();
        using var caller = new CancellationTokenSource();
        var cancellationToken = caller.Token;

        #region snippet: retry-circuit-breaker
        services.AddProDevRetry().AddCircuitBreaker("geo", o =>
        {
            o.FailureRatio = 0.5;                            // opens when half of the calls of the last 30 s failed
            o.MinimumThroughput = 20;                        // and there were at least 20
            o.ConsecutiveFailures = 5;                       // or with five failures in a row
            o.BreakDuration = TimeSpan.FromSeconds(5);       // then rejects all calls for this long
            o.Probes = 2;                                    // and closes again after two good ones
        });
        #endregion

        await using var container = services.BuildServiceProvider();
        var breaker = container.GetRequiredKeyedService<CircuitBreaker>("geo");
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<IOException>(async () => await CallAsync());
        Assert.Equal("geo", (await Assert.ThrowsAsync<CircuitOpenException>(async () => await CallAsync())).BreakerName);
        Assert.Equal(5, source.Attempts);

        async Task CallAsync()
        {
            #region snippet: retry-circuit-breaker-call
            int population = await breaker.ExecuteAsync(source, static (s, token) => s.RunAsync(token), cancellationToken);
            #endregion
            Assert.Equal(0, population);
        }
    }
}
