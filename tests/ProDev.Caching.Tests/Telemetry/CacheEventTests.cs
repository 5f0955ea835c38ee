using Microsoft.Extensions.Time.Testing;

namespace ProDev.Caching.Tests;

public sealed class CacheEventTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ProDevHybridCache _cache;
    private readonly List<(CacheEventKind Kind, object Key, Exception? Error)> _seen = [];

    public CacheEventTests()
    {
        _cache = new ProDevHybridCache(timeProvider: _time);
        _cache.Happened += Note;
    }

    [Fact]
    public async Task Loading_setting_and_removing_are_told_with_the_key()
    {
        await _cache.GetOrCreateAsync("loaded", static _ => new ValueTask<int>(1));
        await _cache.SetAsync("set", 1);
        await _cache.RemoveAsync("set");

        Assert.Equal([(CacheEventKind.Loaded, "loaded", null), (CacheEventKind.Set, "set", null), (CacheEventKind.Removed, "set", null)], _seen);
    }

    [Fact]
    public async Task A_failed_load_is_told_with_its_exception()
    {
        var failure = new InvalidOperationException("down");

        await Assert.ThrowsAsync<InvalidOperationException>(() => _cache.GetOrCreateAsync<int>("key", _ => throw failure).AsTask());

        Assert.Equal([(CacheEventKind.LoadFailed, "key", failure)], _seen);
    }

    [Fact]
    public async Task A_stale_value_that_is_served_is_told_with_the_reason()
    {
        var failure = new InvalidOperationException("down");
        var options = new CacheEntryOptions { Expiration = TimeSpan.FromMinutes(1), FailSafeMaxDuration = TimeSpan.FromHours(1) };
        await _cache.SetAsync("key", 1, options);
        _time.Advance(TimeSpan.FromMinutes(2));

        await _cache.GetOrCreateAsync<int>("key", (_, _) => throw failure, options);

        Assert.Equal((CacheEventKind.StaleServed, "key", failure), _seen[^1]);
    }

    [Fact]
    public async Task A_listener_that_throws_disturbs_nobody()
    {
        _cache.Happened += static (_, _) => throw new InvalidOperationException("listener");

        Assert.Equal(1, await _cache.GetOrCreateAsync("key", static _ => new ValueTask<int>(1)));
        Assert.True(_cache.TryGet<int>("key", out _));
    }

    [Fact]
    public async Task A_listener_that_has_left_hears_nothing()
    {
        _cache.Happened -= Note;

        await _cache.SetAsync("key", 1);

        Assert.Empty(_seen);
    }

    [Fact]
    public async Task A_listener_that_throws_does_not_keep_the_others_from_hearing()
    {
        var heard = 0;
        var cache = new ProDevHybridCache();
        cache.Happened += static (_, _) => throw new InvalidOperationException("a bad listener");
        cache.Happened += (_, _) => heard++;

        await cache.SetAsync("key", 1);

        Assert.Equal(1, heard);
    }

    private void Note(object? sender, CacheEventArgs happened)
    {
        Assert.Same(_cache, sender);
        _seen.Add((happened.Kind, happened.Key, happened.Error));
    }
}
