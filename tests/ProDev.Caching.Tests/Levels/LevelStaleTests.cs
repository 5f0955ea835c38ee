using Microsoft.Extensions.Caching.Hybrid;

namespace ProDev.Caching.Tests;

public sealed class LevelStaleTests
{
    private static readonly CacheEntryOptions Options = new()
    {
        Expiration = TimeSpan.FromMinutes(1),
        FailSafeMaxDuration = TimeSpan.FromHours(1),
        FactorySoftTimeout = TimeSpan.FromSeconds(5),
    };

    private readonly SharedWorld _world = new();
    private readonly ProDevHybridCache _cache;
    private readonly TaskCompletionSource<int> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _loading = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LevelStaleTests() => _cache = TwoLevelCache.Create(_world);

    [Fact]
    public async Task A_stale_value_that_the_second_level_brings_while_a_caller_waits_ends_the_wait_at_the_soft_limit()
    {
        await StoreStaleAsync();
        var gate = _world.Store.Hold("read");
        var waiting = LoadAsync(Options).AsTask();
        var blocked = Task.Run(() => _cache.GetOrCreate("key", 0, static (_, _) => 3, Options));

        gate.SetResult();
        await _loading.Task;
        _world.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(1, await waiting.WaitAsync(TwoLevelCache.Patience));
        Assert.Equal(1, await blocked.WaitAsync(TwoLevelCache.Patience));
        _source.SetResult(2);
    }

    [Fact]
    public async Task A_second_level_without_a_stale_value_leaves_the_wait_as_it_is()
    {
        var waiting = LoadAsync(Options).AsTask();
        await _loading.Task;
        _world.Time.Advance(TimeSpan.FromSeconds(6));

        _source.SetResult(2);

        Assert.Equal(2, await waiting.WaitAsync(TwoLevelCache.Patience));
    }

    [Fact]
    public async Task A_stale_value_of_the_second_level_does_not_take_the_place_of_a_newer_one()
    {
        await StoreStaleAsync();
        var failing = LoadAsync(Options with { Flags = HybridCacheEntryFlags.DisableLocalCacheRead }).AsTask();
        await _loading.Task;
        Assert.Equal(5, await _cache.GetOrCreateAsync("key", static (_, _) => new ValueTask<int>(5), Options));

        _source.SetException(new InvalidOperationException("down"));

        Assert.Equal(1, await failing);
        Assert.True(_cache.TryGet<int>("key", out var kept));
        Assert.Equal(5, kept);
    }

    private async Task StoreStaleAsync()
    {
        await TwoLevelCache.Create(_world).SetAsync("key", 1, Options);
        _world.Time.Advance(TimeSpan.FromMinutes(2));
    }

    private ValueTask<int> LoadAsync(CacheEntryOptions options) => _cache.GetOrCreateAsync(
        "key",
        this,
        static (test, _, _) =>
        {
            test._loading.TrySetResult();
            return new ValueTask<int>(test._source.Task);
        },
        options);
}
