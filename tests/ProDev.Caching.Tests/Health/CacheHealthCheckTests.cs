using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ProDev.Caching.Tests;

public sealed class CacheHealthCheckTests
{
    private static readonly string[] NoParts = ["none", "none", "none"];

    private readonly HealthWorld _world = new();

    [Fact]
    public async Task IsHealthy_WhenThereIsNoSecondLevel()
    {
        await using var alone = HealthWorld.Alone();

        var entry = await HealthWorld.CheckAsync(alone);

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Null(entry.Description);
        Assert.Equal(NoParts, HealthWorld.Parts(entry));
        Assert.Equal(0, entry.Data["pendingChanges"]);
        Assert.Equal(4, entry.Data.Count);
    }

    [Fact]
    public async Task IsHealthy_WhenTheSecondLevelAnswers()
    {
        await using var provider = _world.Start();
        await _world.CallAsync(provider);

        var entry = await HealthWorld.CheckAsync(provider);

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal(["closed", "closed", "none"], HealthWorld.Parts(entry));
        Assert.Equal(4, entry.Data.Count);
    }

    [Fact]
    public async Task IsDegradedAndSaysSinceWhenAndUntilWhen_WhenTheStoreFails()
    {
        await using var provider = _world.Start();
        _world.Shared.Store.FailAlways();
        var broken = _world.Shared.Time.GetUtcNow();
        await _world.CallAsync(provider, times: 3);
        _world.Shared.Time.Advance(TimeSpan.FromSeconds(2));

        var entry = await HealthWorld.CheckAsync(provider);

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Equal(["open", "closed", "none"], HealthWorld.Parts(entry));
        Assert.Equal(broken, entry.Data["secondLevel.brokenSince"]);
        Assert.Equal(broken.AddSeconds(5), entry.Data["secondLevel.askedAgainAt"]);
        Assert.Equal(
            "The second level has not answered since 2026-11-26T12:00:00.0000000+00:00 and is asked again at 2026-11-26T12:00:05.0000000+00:00.",
            entry.Description);
    }

    [Fact]
    public async Task IsHalfOpenAndHealthyAfterTheNextCall_WhenTheBreakIsOver()
    {
        await using var provider = _world.Start();
        _world.Shared.Store.FailAlways();
        await _world.CallAsync(provider, times: 3);
        _world.Shared.Store.Repair();
        _world.Shared.Time.Advance(TimeSpan.FromSeconds(5));

        var before = await HealthWorld.CheckAsync(provider);
        await _world.CallAsync(provider);
        var after = await HealthWorld.CheckAsync(provider);

        Assert.Equal(HealthStatus.Degraded, before.Status);
        Assert.Equal(["halfOpen", "closed", "none"], HealthWorld.Parts(before));
        Assert.False(before.Data.ContainsKey("secondLevel.askedAgainAt"));
        Assert.EndsWith("is asked again by the next call.", before.Description, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Healthy, after.Status);
    }

    [Fact]
    public async Task IsDegradedAndCountsThem_WhenChangesWait()
    {
        await using var provider = _world.Start();
        _world.Shared.Store.FailAlways();
        var cache = provider.GetRequiredService<ProDevHybridCache>();
        await cache.RemoveAsync("one");
        await cache.RemoveByTagAsync("two");

        var entry = await HealthWorld.CheckAsync(provider);

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Equal(["closed", "closed", "none"], HealthWorld.Parts(entry));
        Assert.Equal(2, entry.Data["pendingChanges"]);
        Assert.Equal("Changes that wait to be delivered: 2.", entry.Description);
    }

    [Fact]
    public async Task IsDegraded_WhenTheBackplaneFails()
    {
        await using var provider = _world.Start();
        _world.Backplane.IsDown = true;
        for (var call = 0; call < 3; call++)
            await provider.GetRequiredService<ProDevHybridCache>().RemoveAsync("key");

        var entry = await HealthWorld.CheckAsync(provider);

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Equal(["closed", "open", "none"], HealthWorld.Parts(entry));
        Assert.Equal(1, entry.Data["pendingChanges"]);
    }

    [Theory]
    [InlineData(true, HealthStatus.Healthy, null)]
    [InlineData(false, HealthStatus.Degraded, "The backplane is not connected, or has still to tell what was missed.")]
    public async Task FollowsTheConnection_WhenTheBackplaneKnowsIt(bool isConnected, HealthStatus status, string? description)
    {
        await using var provider = _world.Start();
        _world.Backplane.IsConnected = isConnected;

        var entry = await HealthWorld.CheckAsync(provider);

        Assert.Equal(status, entry.Status);
        Assert.Equal(description, entry.Description);
        Assert.Equal(isConnected, entry.Data["backplane.connected"]);
    }

    [Fact]
    public async Task IsDegraded_WhenTheLocksFail()
    {
        await using var provider = _world.Start(withLocks: true);
        Assert.Equal(["closed", "closed", "closed"], HealthWorld.Parts(await HealthWorld.CheckAsync(provider)));
        for (var call = 0; call < 3; call++)
            await provider.GetRequiredService<ProDevHybridCache>().GetOrCreateAsync($"key {call}", static _ => new ValueTask<int>(1));

        var entry = await HealthWorld.CheckAsync(provider);

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Equal(["closed", "closed", "open"], HealthWorld.Parts(entry));
    }

    [Fact]
    public async Task AsksTheStoreNothing_WhenItHangs()
    {
        await using var provider = _world.Start();
        _world.Shared.Store.HangAlways();

        var entry = await HealthWorld.CheckAsync(provider);

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Empty(_world.Shared.Store.Calls);
    }

    [Fact]
    public async Task IsUnhealthy_WhenTheCacheWasDisposed()
    {
        await using var provider = _world.Start();
        await provider.GetRequiredService<ProDevHybridCache>().DisposeAsync();

        var entry = await HealthWorld.CheckAsync(provider);

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Equal("The cache was disposed.", entry.Description);
    }
}
