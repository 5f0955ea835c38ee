namespace ProDev.Caching.Redis.Tests;

/// <summary>Two caches on one Redis, as two processes have them.</summary>
[Trait("Requires", "Redis")]
public sealed class TwoCachesTests : IAsyncLifetime
{
    private readonly string _prefix = TestRedis.NewPrefix();
    private CacheNode _a = null!;
    private CacheNode _b = null!;

    public Task InitializeAsync()
    {
        _a = new CacheNode(TestRedis.Configuration, _prefix);
        _b = new CacheNode(TestRedis.Configuration, _prefix);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
        await TestRedis.DeleteAsync(_prefix);
    }

    [Fact]
    public async Task ValueOfOneNode_IsFoundByTheOther_WhenItWasLoadedThere()
    {
        Assert.Equal("of a", await _a.LoadAsync("key", "of a"));

        await CacheNode.UntilAsync(async () => (await _b.Cache.TryGetAsync<string>("key")).Value, "of a");
        Assert.Equal("of a", await _b.LoadAsync("key", "of b"));
        Assert.Equal(0, _b.Loads);
    }

    [Fact]
    public async Task RemovalByKey_IsSeenByTheOther_WhenThatHoldsTheValueInMemory()
    {
        await _a.Cache.SetAsync("key", "old");
        await CacheNode.UntilAsync(() => _b.LoadAsync("key", "old"), "old");

        await _a.Cache.RemoveAsync("key");

        await CacheNode.UntilAsync(() => Task.FromResult(_b.Cache.TryGet<string>("key", out _)), expected: false);
        Assert.Equal("new", await _b.LoadAsync("key", "new"));
    }

    [Fact]
    public async Task RemovalByTag_IsSeenByTheOther_WhenThatHoldsTheValueInMemory()
    {
        await _a.Cache.SetAsync("key", "old", tags: ["country:FR"]);
        await CacheNode.UntilAsync(() => _b.LoadAsync("key", "old", "country:FR"), "old");

        await _a.Cache.RemoveByTagAsync("country:FR");

        await CacheNode.UntilAsync(() => Task.FromResult(_b.Cache.TryGet<string>("key", out _)), expected: false);
        Assert.Equal("new", await _b.LoadAsync("key", "new", "country:FR"));
    }

    // The case that a cache with tag times of its own gets wrong: nothing in memory, and an old value in the second level.
    [Theory]
    [InlineData("country:FR")]
    [InlineData("*")]
    public async Task RemovedValue_IsNotReadFromRedis_WhenMemoryOfTheOtherHasLostIt(string tag)
    {
        var memoryOnly = new CacheEntryOptions { Flags = Microsoft.Extensions.Caching.Hybrid.HybridCacheEntryFlags.DisableLocalCache };
        await _b.LoadAsync("key", "old", "country:FR", memoryOnly);
        await CacheNode.UntilAsync(() => _b.LoadAsync("key", "newer", "country:FR", memoryOnly), "old");

        await _a.Cache.RemoveByTagAsync(tag);

        Assert.Equal("new", await _b.LoadAsync("key", "new", "country:FR", memoryOnly));
    }

    [Fact]
    public async Task LoadThatBeganBeforeARemovalElsewhere_IsNotFoundLater_WhenItEndsAfterIt()
    {
        var source = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var load = _a.Cache.GetOrCreateAsync("key", (source, began), static (state, _) =>
        {
            state.began.SetResult();
            return new ValueTask<string>(state.source.Task);
        }).AsTask();
        await began.Task;

        await _b.Cache.RemoveAsync("key");
        source.SetResult("old");

        Assert.Equal("old", await load);
        Assert.Equal("new", await _b.LoadAsync("key", "new"));
    }

    [Fact]
    public async Task DecoratedMethod_IsSharedAndInvalidated_WhenTheOtherNodeWrites()
    {
        _a.Populations.Answer = 10;
        _b.Populations.Answer = 20;
        Assert.Equal(10, await _a.Decorated.CountAsync("FR", 2020));
        await CacheNode.UntilAsync(async () => await _b.Decorated.CountAsync("FR", 2020), 10);
        Assert.Equal(0, _b.Populations.Loads);

        await _a.Decorated.CorrectAsync("FR", 2020, 20);

        await CacheNode.UntilAsync(async () => await _b.Decorated.CountAsync("FR", 2020), 20);
    }

    [Fact]
    public async Task Source_IsAskedOnce_WhenBothNodesMissAtTheSameMoment()
    {
        var source = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var runs = 0;
        Task<int> LoadAsync(CacheNode node) => node.Cache.GetOrCreateAsync("key", async _ =>
        {
            Interlocked.Increment(ref runs);
            began.TrySetResult();
            return await source.Task;
        }).AsTask();
        var first = LoadAsync(_a);
        await began.Task;
        var second = LoadAsync(_b);

        source.SetResult(7);

        Assert.Equal(7, await first);
        Assert.Equal(7, await second);
        Assert.Equal(1, runs);
    }
}
