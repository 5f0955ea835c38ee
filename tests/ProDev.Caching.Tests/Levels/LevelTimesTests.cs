namespace ProDev.Caching.Tests;

public sealed class LevelTimesTests
{
    private static readonly CacheEntryOptions OneMinute = new()
    {
        Expiration = TimeSpan.FromMinutes(1),
        FailSafeMaxDuration = TimeSpan.FromHours(1),
        FailSafeThrottleDuration = TimeSpan.FromSeconds(30),
    };

    private static readonly CacheEntryOptions Jittered = OneMinute with { JitterMaxDuration = TimeSpan.FromMinutes(10) };

    private readonly SharedWorld _world = new();
    private readonly ProDevHybridCache _cache;

    public LevelTimesTests() => _cache = TwoLevelCache.Create(_world, Jittered, jitter: 1);

    [Fact]
    public async Task Jitter_does_not_make_a_stale_value_of_the_second_level_fresh()
    {
        await TwoLevelCache.Create(_world).SetAsync("key", 1, OneMinute);
        _world.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await _cache.GetOrCreateAsync<int>("key", static _ => throw new InvalidOperationException("down")));

        _world.Time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(2, await _cache.GetOrCreateAsync("key", static _ => new ValueTask<int>(2)));
    }

    [Fact]
    public async Task Jitter_does_not_keep_a_value_longer_than_the_second_level_has_it()
    {
        await TwoLevelCache.Create(_world).SetAsync("key", 1, OneMinute);
        _world.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(1, await _cache.GetOrCreateAsync<int>("key", static _ => throw new InvalidOperationException("was run")));

        _world.Time.Advance(TimeSpan.FromSeconds(31));

        Assert.False(_cache.TryGet<int>("key", out _));
    }

    [Fact]
    public async Task Jitter_does_not_keep_a_value_longer_that_was_only_read()
    {
        await TwoLevelCache.Create(_world).SetAsync("key", 1, OneMinute);
        Assert.True((await _cache.TryGetAsync<int>("key")).HasValue);

        _world.Time.Advance(TimeSpan.FromSeconds(61));

        Assert.False(_cache.TryGet<int>("key", out _));
    }

    [Fact]
    public async Task Jitter_prolongs_a_value_of_the_second_level_while_that_has_it()
    {
        var shortly = TwoLevelCache.Create(_world, Jittered with { LocalExpiration = TimeSpan.FromSeconds(10) }, jitter: 1);
        await TwoLevelCache.Create(_world).SetAsync("key", 1, OneMinute);
        await shortly.GetOrCreateAsync<int>("key", static _ => throw new InvalidOperationException("was run"));

        _world.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.True(shortly.TryGet<int>("key", out _));
        _world.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(shortly.TryGet<int>("key", out _));
    }

    [Fact]
    public async Task A_load_that_goes_on_does_not_see_what_its_caller_makes_of_the_options_after_the_call()
    {
        var options = OneMinute with { FactorySoftTimeout = TimeSpan.Zero };
        var seen = new TaskCompletionSource<TimeSpan?>();
        await _cache.SetAsync("key", 1, OneMinute);
        _world.Time.Advance(TimeSpan.FromMinutes(12));
        var gate = _world.Store.Hold("read");
        Assert.Equal(1, await _cache.GetOrCreateAsync(
            "key",
            (context, _) =>
            {
                seen.SetResult(context.Options.Expiration);
                return new ValueTask<int>(2);
            },
            options));

        options.Expiration = TimeSpan.FromDays(1);
        gate.SetResult();

        Assert.Equal(TimeSpan.FromMinutes(1), await seen.Task);
    }
}
