using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

/// <summary>Loads, removals, writes and invalidations that overtake each other, in one process and between two.</summary>
public sealed class SecondLevelOrderTests
{
    private readonly SharedWorld _world = new();
    private readonly Process _one;
    private readonly Process _two;

    public SecondLevelOrderTests()
    {
        _one = new Process(_world);
        _two = new Process(_world);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_load_that_began_before_a_removal_does_not_write(bool hadValue)
    {
        if (hadValue)
            await _one.LoadAsync("|key", "older");
        var stamp = (await _one.ReadAsync<string>("|key")).Stamp;

        await _two.Level.RemoveAsync("|key", default);
        await _one.Level.StoreLoadedAsync("|key", "old", [], stamp, Process.Settings, default);

        Assert.Equal(SecondLevelFreshness.Missing, await _two.FreshnessAsync<string>("|key"));
        await _one.LoadAsync("|key", "new");
        Assert.Equal("new", await _two.ValueAsync<string>("|key"));
    }

    [Fact]
    public async Task A_load_that_began_before_a_removal_does_not_write_when_the_tombstone_is_gone()
    {
        var stamp = (await _one.ReadAsync<string>("|key")).Stamp;
        await _two.Level.RemoveAsync("|key", default);

        Assert.Equal(TimeSpan.FromMinutes(2), _world.Store.LifetimeOf("|key"));
        _world.Time.Advance(TimeSpan.FromMinutes(2));
        await _one.Level.StoreLoadedAsync("|key", "old", [], stamp, Process.Settings, default);

        Assert.Null(_world.Store["|key"]);
        Assert.Equal(
            "30: The cache 'default' does not write the key '|key' to the second level: the load took longer than TombstoneLifetime, which is '00:01:00'.",
            Assert.Single(_one.Log.Messages));
    }

    [Fact]
    public async Task Of_two_loads_at_the_same_time_the_first_to_write_stays()
    {
        var first = (await _one.ReadAsync<string>("|key")).Stamp;
        var second = (await _two.ReadAsync<string>("|key")).Stamp;

        await _two.Level.StoreLoadedAsync("|key", "second", [], second, Process.Settings, default);
        await _one.Level.StoreLoadedAsync("|key", "first", [], first, Process.Settings, default);

        Assert.Equal("second", await _one.ValueAsync<string>("|key"));
    }

    [Fact]
    public async Task A_load_that_began_before_a_set_does_not_write()
    {
        var stamp = (await _one.ReadAsync<string>("|key")).Stamp;
        await _two.SetAsync("|key", "set");

        await _one.Level.StoreLoadedAsync("|key", "old", [], stamp, Process.Settings, default);

        Assert.Equal("set", await _one.ValueAsync<string>("|key"));
    }

    [Fact]
    public async Task A_set_writes_over_whatever_is_there()
    {
        await _one.LoadAsync("|key", "loaded");

        await _two.SetAsync("|key", "set", "tag");

        Assert.Equal("set", await _one.ValueAsync<string>("|key"));
        Assert.Equal(["removed |key"], _one.Heard);
        Assert.Empty(_two.Heard);
    }

    [Fact]
    public async Task What_has_an_invalidated_tag_is_a_miss_whatever_tags_the_reader_asks_for()
    {
        await _one.LoadAsync("|key", "value", tags: ["a", "b"]);
        Assert.Equal("value", await _two.ValueAsync<string>("|key"));
        Assert.Equal(1, _world.Store.Calls.Count(static call => call == "versions a,b"));

        await _two.Level.InvalidateTagAsync("b", default);

        Assert.Equal(SecondLevelFreshness.Missing, await _one.FreshnessAsync<string>("|key"));
        Assert.Equal(SecondLevelFreshness.Missing, await _one.FreshnessAsync<string>("|key", "a"));
        Assert.Equal(SecondLevelFreshness.Missing, await _one.FreshnessAsync<string>("|key", "a", "b"));
        Assert.Equal(["tag b"], _one.Heard);
    }

    [Fact]
    public async Task Star_invalidates_what_has_no_tags_too()
    {
        await _one.LoadAsync("|key", "value");

        await _two.Level.InvalidateTagAsync("*", default);

        Assert.Equal(SecondLevelFreshness.Missing, await _one.FreshnessAsync<string>("|key"));
        Assert.Equal(["tag *"], _one.Heard);
    }

    [Fact]
    public async Task What_a_load_writes_after_its_tag_was_invalidated_is_never_read()
    {
        var stamp = (await _one.ReadAsync<string>("|key", "tag")).Stamp;
        await _two.Level.InvalidateTagAsync("tag", default);

        await _one.Level.StoreLoadedAsync("|key", "old", ["tag"], stamp, Process.Settings, default);

        Assert.Equal(SecondLevelFreshness.Missing, await _two.FreshnessAsync<string>("|key"));
    }

    [Fact]
    public async Task A_store_that_has_lost_its_tags_makes_misses_and_no_wrong_values()
    {
        await _one.LoadAsync("|key", "value", tags: ["tag"]);

        _world.Store.LoseTags();

        Assert.Equal(SecondLevelFreshness.Missing, await _two.FreshnessAsync<string>("|key"));
    }

    [Fact]
    public async Task Tags_of_any_characters_are_told_apart()
    {
        string[] tags = ["with space", "é", "\uD800", "\uDBFF", "\\u0020", "a,b"];
        foreach (var tag in tags)
            await _one.LoadAsync($"|{Array.IndexOf(tags, tag)}", tag.Length, tags: [tag]);

        await _two.Level.InvalidateTagAsync("\uD800", default);

        foreach (var tag in tags)
        {
            var expected = tag == "\uD800" ? SecondLevelFreshness.Missing : SecondLevelFreshness.Fresh;
            Assert.Equal(expected, await _one.FreshnessAsync<int>($"|{Array.IndexOf(tags, tag)}", tag));
        }

        Assert.Equal(["tag \uD800"], _one.Heard);
    }

    [Fact]
    public async Task An_expired_value_is_stale_for_everyone_and_fail_safe_counts_from_then()
    {
        await _one.LoadAsync("|key", "value", Process.FailSafe, "tag");

        await _two.Level.ExpireAsync("|key", default);
        var read = await _one.ReadAsync<string>("|key", "tag");

        Assert.Equal(SecondLevelFreshness.Stale, read.Freshness);
        Assert.Equal("value", read.Value);
        Assert.Equal(TimeSpan.FromHours(1), read.Remaining);
        Assert.Equal(TimeSpan.FromHours(1), _world.Store.LifetimeOf("|key"));
        Assert.Equal(["expired |key"], _one.Heard);
    }

    [Fact]
    public async Task An_expired_value_is_stale_also_for_a_clock_that_is_behind()
    {
        await _one.LoadAsync("|key", "value", Process.FailSafe);
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        await _two.Level.ExpireAsync("|key", default);

        _world.Time.AdjustTime(_world.Time.GetUtcNow() - TimeSpan.FromSeconds(30));

        Assert.Equal(SecondLevelFreshness.Stale, await _one.FreshnessAsync<string>("|key"));
    }

    [Fact]
    public async Task Expiring_twice_does_not_lengthen_the_time_of_fail_safe()
    {
        await _one.LoadAsync("|key", "value", Process.FailSafe);
        await _one.Level.ExpireAsync("|key", default);
        _world.Time.Advance(TimeSpan.FromMinutes(20));

        await _two.Level.ExpireAsync("|key", default);

        Assert.Equal(TimeSpan.FromMinutes(40), (await _one.ReadAsync<string>("|key")).Remaining);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_load_that_began_before_an_expiry_does_not_write(bool hadValue)
    {
        if (hadValue)
            await _one.LoadAsync("|key", "older", Process.FailSafe);
        var stamp = (await _one.ReadAsync<string>("|key")).Stamp;

        await _two.Level.ExpireAsync("|key", default);
        await _one.Level.StoreLoadedAsync("|key", "old", [], stamp, Process.Settings, default);

        Assert.NotEqual("old", await _two.ValueAsync<string>("|key"));
        Assert.NotEqual(SecondLevelFreshness.Fresh, await _two.FreshnessAsync<string>("|key"));
    }

    [Fact]
    public async Task A_value_without_fail_safe_is_gone_when_it_is_expired()
    {
        await _one.LoadAsync("|key", "value");

        await _two.Level.ExpireAsync("|key", default);

        Assert.Equal(SecondLevelFreshness.Missing, await _one.FreshnessAsync<string>("|key"));
    }

    [Fact]
    public async Task An_expiry_that_others_keep_overtaking_removes_the_value()
    {
        await _one.LoadAsync("|key", "value", Process.FailSafe);
        var overtaken = 0;
        _world.Store.Before = async (call, _) =>
        {
            if (call != "write |key" || overtaken >= 3)
                return;
            overtaken++;
            var before = _world.Store.Before;
            _world.Store.Repair();
            await _one.SetAsync("|key", $"value {overtaken}");
            _world.Store.Before = before;
        };

        await _two.Level.ExpireAsync("|key", default);

        Assert.Equal(3, overtaken);
        Assert.Equal(SecondLevelFreshness.Missing, await _one.FreshnessAsync<string>("|key"));
    }
}
