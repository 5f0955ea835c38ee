using System.Globalization;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Caching.Tests;

public sealed class BoundedMemoryTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task The_cache_never_holds_more_entries_than_its_limit()
    {
        var cache = NewCache(limit: 100);

        for (var index = 0; index < 1000; index++)
        {
            await SetAsync(cache, index);
            Assert.Equal(Math.Min(index + 1, 100), cache.Core.Eviction.Policy.Count);
            Assert.True(Has(cache, index), "The newest entry is always there: it is in the window.");
        }

        Assert.Equal(100, Enumerable.Range(0, 1000).Count(index => Has(cache, index)));
    }

    [Fact]
    public async Task A_full_cache_of_entries_that_are_all_read_still_takes_new_ones()
    {
        var cache = NewCache(limit: 50);
        for (var index = 0; index < 200; index++)
        {
            await SetAsync(cache, index);
            for (var read = 0; read <= index; read++)
                Has(cache, read);
        }

        Assert.Equal(50, cache.Core.Eviction.Policy.Count);
        Assert.True(Has(cache, 199));
    }

    [Fact]
    public async Task A_maximum_weight_takes_the_place_of_the_number_of_entries()
    {
        var cache = new ProDevHybridCache(new ProDevCachingOptions { MaximumEntries = 5, MaximumWeight = 20 });
        for (var index = 0; index < 100; index++)
            await SetAsync(cache, index);

        Assert.Equal(20, cache.Core.Eviction.Policy.Count);
        Assert.Equal(20, cache.Core.Eviction.Policy.Weight);
    }

    [Fact]
    public async Task Later_writes_give_back_the_memory_of_expired_entries()
    {
        var cache = NewCache(limit: 1000);
        for (var index = 0; index < 100; index++)
            await SetAsync(cache, index);
        _time.Advance(TimeSpan.FromMinutes(5));

        for (var write = 0; write < 100; write++)
            await SetAsync(cache, 1000 + write, TimeSpan.FromDays(1));

        Assert.Equal(100, cache.Core.Eviction.Policy.Count);
    }

    [Fact]
    public async Task Removing_everything_gives_the_memory_back_at_once()
    {
        var cache = NewCache(limit: 1000);
        for (var index = 0; index < 100; index++)
            await SetAsync(cache, index);

        await cache.RemoveByTagAsync("*");

        Assert.Equal(0, cache.Core.Eviction.Policy.Count);
    }

    [Fact]
    public async Task Setting_one_key_again_and_again_keeps_one_entry()
    {
        var cache = NewCache(limit: 1000);
        for (var write = 0; write < 10_000; write++)
            await SetAsync(cache, 1);

        Assert.Equal(1, cache.Core.Eviction.Policy.Count);
    }

    [Fact]
    public async Task Removing_keys_leaves_nothing_behind()
    {
        var cache = NewCache(limit: 1000);
        for (var round = 0; round < 1000; round++)
        {
            await SetAsync(cache, round);
            await cache.RemoveAsync(round.ToString(CultureInfo.InvariantCulture));
        }

        Assert.Equal(0, cache.Core.Eviction.Policy.Count);
    }

    [Fact]
    public async Task Decorated_methods_count_towards_the_limit()
    {
        using var fixture = new CatalogFixture(options => options.MaximumEntries = 10);
        for (var id = 0; id < 50; id++)
            await fixture.Catalog.FindAsync("FR", id);

        Assert.Equal(10, fixture.Cache.Core.Eviction.Policy.Count);
    }

    [Fact]
    public async Task The_cache_forgets_tags_that_no_entry_has_any_more()
    {
        var cache = NewCache(limit: 10);

        await SetWithTagsAsync(cache, 10_000);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        await SetWithTagsAsync(cache, 10_000);

        Assert.InRange(cache.Core.Tags.Count, 1, 12_000);
    }

    [Fact]
    public async Task Entries_and_count_agree_after_many_threads_have_written_and_removed()
    {
        var cache = NewCache(limit: 64);
        await Parallel.ForEachAsync(Enumerable.Range(0, 8), async (worker, _) =>
        {
            for (var round = 0; round < 5000; round++)
            {
                var key = (round * (worker + 7)) % 200;
                if (round % 3 == 0)
                    await cache.RemoveAsync(key.ToString(CultureInfo.InvariantCulture), CancellationToken.None);
                else
                    await SetAsync(cache, key);
            }
        });

        Assert.Equal(Enumerable.Range(0, 200).Count(index => Has(cache, index)), cache.Core.Eviction.Policy.Count);
        Assert.InRange(cache.Core.Eviction.Policy.Count, 0, 64);
    }

    private static bool Has(ProDevHybridCache cache, int index) => cache.TryGet<int>(index.ToString(CultureInfo.InvariantCulture), out _);

    private static ValueTask SetAsync(ProDevHybridCache cache, int index, TimeSpan? expiration = null) =>
        cache.SetAsync(index.ToString(CultureInfo.InvariantCulture), index, new HybridCacheEntryOptions { Expiration = expiration });

    // On a frame of its own, so that no local variable keeps a tag alive.
    private static async Task SetWithTagsAsync(ProDevHybridCache cache, int count)
    {
        for (var index = 0; index < count; index++)
            await cache.SetAsync($"{index}", index, tags: [$"tag:{Guid.NewGuid()}"]);
    }

    private ProDevHybridCache NewCache(int limit) => new(new ProDevCachingOptions { MaximumEntries = limit }, _time);
}
