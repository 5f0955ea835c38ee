namespace ProDev.Caching.Tests;

public sealed class RemovalTests
{
    private readonly ProDevHybridCache _cache = new();
    private readonly TaskCompletionSource<string> _old = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Removed_keys_are_gone_and_unknown_ones_are_no_error()
    {
        foreach (var key in new[] { "a", "b", "c" })
            await _cache.SetAsync(key, key);

        await _cache.RemoveAsync("a");
        await _cache.RemoveAsync(["b", "unknown"]);
        await _cache.RemoveAsync(Array.Empty<string>());

        Assert.False(_cache.TryGet<string>("a", out _));
        Assert.False(_cache.TryGet<string>("b", out _));
        Assert.True(_cache.TryGet<string>("c", out _));
    }

    [Fact]
    public async Task A_load_that_began_before_the_removal_answers_its_callers_and_stores_nothing()
    {
        var early = LoadOldAsync();

        await _cache.RemoveAsync("key");
        _old.SetResult("old");

        Assert.Equal("old", await early);
        Assert.False(_cache.TryGet<string>("key", out _));
    }

    [Fact]
    public async Task Who_comes_after_the_removal_loads_anew_and_keeps_that_value()
    {
        var early = LoadOldAsync();
        await _cache.RemoveAsync("key");

        Assert.Equal("new", await LoadNewAsync());
        _old.SetResult("old");

        Assert.Equal("old", await early);
        Assert.True(_cache.TryGet<string>("key", out var value));
        Assert.Equal("new", value);
    }

    [Fact]
    public async Task A_load_that_began_before_a_value_was_set_does_not_overwrite_it()
    {
        var early = LoadOldAsync();

        await _cache.SetAsync("key", "set");
        _old.SetResult("old");
        await early;

        Assert.Equal("set", await LoadNewAsync());
    }

    [Theory]
    [InlineData("tag")]
    [InlineData("*")]
    public async Task A_load_that_began_before_its_tag_was_removed_stores_nothing(string removed)
    {
        var early = LoadOldAsync();

        await _cache.RemoveByTagAsync(removed);
        Assert.Equal("new", await LoadNewAsync());
        _old.SetResult("old");

        Assert.Equal("old", await early);
        Assert.Equal("new", await LoadNewAsync());
    }

    [Fact]
    public async Task Loads_of_several_types_all_lose_their_key_when_it_is_removed()
    {
        var text = LoadOldAsync();
        var number = new TaskCompletionSource<int>();
        var other = _cache.GetOrCreateAsync("key", _ => new ValueTask<int>(number.Task)).AsTask();

        await _cache.RemoveAsync("key");
        number.SetResult(1);
        _old.SetResult("old");
        await other;
        await text;

        Assert.False(_cache.TryGet<int>("key", out _));
        Assert.False(_cache.TryGet<string>("key", out _));
    }

    [Fact]
    public async Task Values_with_any_of_the_tags_are_removed_and_no_others()
    {
        await _cache.SetAsync("a", 1, tags: ["x", "y"]);
        await _cache.SetAsync("b", 1, tags: ["y"]);
        await _cache.SetAsync("c", 1, tags: ["z"]);
        await _cache.SetAsync("d", 1);

        await _cache.RemoveByTagAsync("x");
        Assert.False(_cache.TryGet<int>("a", out _));
        Assert.True(_cache.TryGet<int>("b", out _));
        await _cache.RemoveByTagAsync(["y", "unknown"]);
        Assert.False(_cache.TryGet<int>("b", out _));
        Assert.True(_cache.TryGet<int>("c", out _));
        await _cache.RemoveByTagAsync("*");
        Assert.False(_cache.TryGet<int>("c", out _));
        Assert.False(_cache.TryGet<int>("d", out _));
    }

    [Fact]
    public async Task A_value_stored_after_its_tag_was_removed_stays()
    {
        await _cache.RemoveByTagAsync("tag");
        await _cache.RemoveByTagAsync("*");
        await _cache.SetAsync("key", 1, tags: ["tag"]);

        Assert.True(_cache.TryGet<int>("key", out _));
    }

    [Fact]
    public async Task A_tag_must_be_a_name()
    {
        var fault = await Assert.ThrowsAsync<ArgumentException>("tag", async () => await _cache.SetAsync("key", 1, tags: ["*"]));
        Assert.StartsWith("An entry cannot have the tag '*': RemoveByTagAsync(\"*\") removes every entry, whatever its tags. Use another name.", fault.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>("tag", async () => await _cache.SetAsync("key", 1, tags: [""]));
        await Assert.ThrowsAsync<ArgumentNullException>("tag", async () => await _cache.SetAsync("key", 1, tags: [null!]));
        await Assert.ThrowsAsync<ArgumentException>("tag", async () => await _cache.RemoveByTagAsync(""));
        Assert.False(_cache.TryGet<int>("key", out _));
    }

    private Task<string> LoadOldAsync() => _cache.GetOrCreateAsync("key", _ => new ValueTask<string>(_old.Task), tags: ["tag"]).AsTask();

    private async Task<string> LoadNewAsync()
    {
        var load = _cache.GetOrCreateAsync("key", static _ => new ValueTask<string>("new"), tags: ["tag"]).AsTask();
        Assert.True(load.IsCompleted, "The caller joined the old load.");
        return await load;
    }
}
