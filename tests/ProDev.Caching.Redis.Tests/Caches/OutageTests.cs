namespace ProDev.Caching.Redis.Tests;

/// <summary>Redis is killed under two caches and comes back empty.</summary>
[Trait("Requires", "Redis")]
public sealed class OutageTests : IAsyncLifetime
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(5);

    private RedisServerProcess _server = null!;
    private CacheNode _a = null!;
    private CacheNode _b = null!;

    public async Task InitializeAsync()
    {
        _server = await RedisServerProcess.StartNewAsync();
        var prefix = TestRedis.NewPrefix();
        _a = new CacheNode(_server.Configuration, prefix, Configure);
        _b = new CacheNode(_server.Configuration, prefix, Configure);
    }

    public async Task DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Callers_SeeNoExceptionAndNodesAgreeAgain_WhenRedisIsKilledForFiveSeconds()
    {
        await _a.Cache.SetAsync("key", "old", tags: ["tag"]);
        await CacheNode.UntilAsync(() => _b.LoadAsync("key", "old", "tag"), "old");
        await _server.KillAsync();

        // All kinds of calls for as long as it is away: whoever fails a caller fails the test.
        using var away = new CancellationTokenSource(Outage);
        for (var round = 0; !away.IsCancellationRequested; round++)
        {
            await _a.LoadAsync($"outage:{round % 50}", "value", "tag");
            await _b.Cache.SetAsync($"set:{round % 50}", "value", tags: ["tag"]);
            await _b.Cache.RemoveAsync($"outage:{round % 50}");
        }

        await _a.Cache.RemoveByTagAsync("tag");
        Assert.False(_a.Cache.TryGet<string>("key", out _));
        await _server.StartAsync();

        // The invalidation that could not be delivered is delivered now, and what a node says afterwards reaches the other.
        await CacheNode.UntilAsync(() => Task.FromResult(_b.Cache.TryGet<string>("key", out _)), expected: false);
        await _a.Cache.SetAsync("key", "new", tags: ["tag"]);
        await CacheNode.UntilAsync(() => _b.LoadAsync("key", "new", "tag"), "new");
        await CacheNode.UntilAsync(
            async () =>
            {
                await _a.Cache.SetAsync("probe", "from a");
                return (await _b.Cache.TryGetAsync<string>("probe")).Value;
            },
            "from a");
    }

    [Fact]
    public async Task Cache_WorksFromMemory_WhenRedisIsNotThereAtStart()
    {
        await using var alone = RedisServerProcess.Reserve();
        await using var node = new CacheNode(alone.Configuration, TestRedis.NewPrefix());

        Assert.Equal("value", await node.LoadAsync("key", "value"));
        Assert.Equal("value", await node.LoadAsync("key", "other"));
        Assert.Equal(1, node.Loads);
    }

    private static void Configure(ProDevCachingOptions options) => options.DefaultEntryOptions = new CacheEntryOptions
    {
        Expiration = TimeSpan.FromMinutes(10),
        FailSafeMaxDuration = TimeSpan.FromHours(1),
        DistributedHardTimeout = TimeSpan.FromMilliseconds(500),
    };
}
