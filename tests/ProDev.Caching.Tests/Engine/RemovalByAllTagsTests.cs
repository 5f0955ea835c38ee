using Microsoft.Extensions.Time.Testing;

namespace ProDev.Caching.Tests;

public sealed class RemovalByAllTagsTests
{
    private readonly ProDevHybridCache _cache = new();

    [Fact]
    public async Task Only_what_has_every_tag_is_removed()
    {
        await _cache.SetAsync("both", 1, tags: ["red", "large", "other"]);
        await _cache.SetAsync("one", 1, tags: ["red"]);
        await _cache.SetAsync("none", 1);

        await _cache.RemoveByAllTagsAsync(["large", "red"]);

        Assert.False(_cache.TryGet<int>("both", out _));
        Assert.True(_cache.TryGet<int>("one", out _));
        Assert.True(_cache.TryGet<int>("none", out _));
    }

    [Fact]
    public async Task The_results_of_decorated_methods_are_removed_too()
    {
        using var fixture = new CatalogFixture();
        var largest = await fixture.Catalog.LargestAsync("FR");

        await fixture.Cache.RemoveByAllTagsAsync(["cities", "country:DE"]);
        Assert.Same(largest, await fixture.Catalog.LargestAsync("FR"));
        await fixture.Cache.RemoveByAllTagsAsync(["cities", "country:FR"]);
        Assert.NotSame(largest, await fixture.Catalog.LargestAsync("FR"));
    }

    [Fact]
    public async Task A_load_that_began_before_with_every_tag_is_not_stored()
    {
        var source = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var load = _cache.GetOrCreateAsync("key", source, static (source, _) => new ValueTask<int>(source.Task), tags: ["red", "large"]).AsTask();

        await _cache.RemoveByAllTagsAsync(["red", "large"]);
        source.SetResult(1);

        Assert.Equal(1, await load);
        Assert.False(_cache.TryGet<int>("key", out _));
    }

    [Fact]
    public async Task No_tags_remove_nothing()
    {
        await _cache.SetAsync("key", 1, tags: ["red"]);

        await _cache.RemoveByAllTagsAsync([]);

        Assert.True(_cache.TryGet<int>("key", out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    public async Task A_tag_that_no_value_can_have_is_refused_and_nothing_is_removed(string tag)
    {
        await _cache.SetAsync("key", 1, tags: ["red"]);

        await Assert.ThrowsAsync<ArgumentException>(() => _cache.RemoveByAllTagsAsync(["red", tag]).AsTask());

        Assert.True(_cache.TryGet<int>("key", out _));
    }

    [Fact]
    public async Task Clearing_removes_everything()
    {
        await _cache.SetAsync("tagged", 1, tags: ["red"]);
        await _cache.SetAsync("plain", 1);

        await _cache.ClearAsync();

        Assert.False(_cache.TryGet<int>("tagged", out _));
        Assert.False(_cache.TryGet<int>("plain", out _));
    }

    [Fact]
    public async Task A_stale_value_with_every_tag_is_not_served_by_a_load_that_has_none_of_them()
    {
        var time = new FakeTimeProvider();
        var cache = new ProDevHybridCache(timeProvider: time);
        var options = new CacheEntryOptions { Expiration = TimeSpan.FromMinutes(1), FailSafeMaxDuration = TimeSpan.FromHours(1) };
        await cache.SetAsync("key", 1, options, ["red", "large"]);
        time.Advance(TimeSpan.FromMinutes(2));
        var source = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var load = cache.GetOrCreateAsync("key", (_, _) => new ValueTask<int>(source.Task), options).AsTask();

        await cache.RemoveByAllTagsAsync(["red", "large"]);
        source.SetException(new InvalidOperationException("down"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => load);
    }
}
