using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ProDev.Caching.Redis.Tests;

/// <summary>Redis is killed under a cache and comes back; the health check tells both.</summary>
[Trait("Requires", "Redis")]
public sealed class HealthTests : IAsyncLifetime
{
    private RedisServerProcess _server = null!;
    private ServiceProvider _provider = null!;
    private ProDevHybridCache _cache = null!;

    public async Task InitializeAsync()
    {
        _server = await RedisServerProcess.StartNewAsync();
        var services = new ServiceCollection();
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddProDevCaching()
            .UseRedis(_server.Configuration)
            .ConfigureSecondLevel(options => options.BreakDuration = TimeSpan.FromMilliseconds(200));
        services.AddHealthChecks().AddProDevCaching();
        _provider = services.BuildServiceProvider();
        _cache = _provider.GetRequiredService<ProDevHybridCache>();
    }

    public async Task DisposeAsync()
    {
        await _provider.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task IsDegradedAndHealthyAgain_WhenRedisIsKilledAndComesBack()
    {
        await Eventually.IsTrueAsync(async () => (await CheckAsync()).Status == HealthStatus.Healthy);

        await _server.KillAsync();

        // The driver notices by itself: no call was needed to know that the notices of others do not arrive.
        await Eventually.IsTrueAsync(async () => (await CheckAsync()).Data["backplane.connected"] is false);
        await Eventually.IsTrueAsync(async () =>
        {
            await _cache.RemoveAsync("key");
            return (string)(await CheckAsync()).Data["secondLevel"] != "closed";
        });
        var away = await CheckAsync();
        Assert.Equal(HealthStatus.Degraded, away.Status);
        Assert.Equal(1, away.Data["pendingChanges"]);

        await _server.StartAsync();

        // The removal that waits is what finds Redis there again.
        await Eventually.IsTrueAsync(async () => (await CheckAsync()).Status == HealthStatus.Healthy);
        var back = await CheckAsync();
        Assert.Equal("closed", back.Data["secondLevel"]);
        Assert.Equal(true, back.Data["backplane.connected"]);
        Assert.Equal(0, back.Data["pendingChanges"]);
    }

    private async Task<HealthReportEntry> CheckAsync() =>
        (await _provider.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["prodev-cache"];
}
