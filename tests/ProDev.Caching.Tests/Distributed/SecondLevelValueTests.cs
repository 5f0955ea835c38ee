using Microsoft.Extensions.Caching.Hybrid;
using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class SecondLevelValueTests
{
    private readonly SharedWorld _world = new();
    private readonly Process _one;
    private readonly Process _two;

    public SecondLevelValueTests()
    {
        _one = new Process(_world);
        _two = new Process(_world);
    }

    [Fact]
    public async Task What_one_process_has_loaded_another_one_reads()
    {
        await _one.LoadAsync("|key", "value", tags: ["a", "b"]);

        var read = await _two.ReadAsync<string>("|key", "a", "b");

        Assert.Equal(SecondLevelFreshness.Fresh, read.Freshness);
        Assert.Equal("value", read.Value);
        Assert.Equal(TimeSpan.FromMinutes(5), read.Remaining);
        Assert.Equal(["a", "b"], read.Tags);
    }

    [Fact]
    public async Task Null_is_a_value()
    {
        await _one.LoadAsync<string?>("|key", null);

        var read = await _two.ReadAsync<string?>("|key");

        Assert.Equal(SecondLevelFreshness.Fresh, read.Freshness);
        Assert.Null(read.Value);
    }

    [Fact]
    public async Task Null_is_kept_for_its_own_shorter_time()
    {
        await _one.LoadAsync<string?>("|key", null, Process.Settings with { NullExpiration = TimeSpan.FromSeconds(10) });
        await _one.LoadAsync("|other", "value", Process.Settings with { NullExpiration = TimeSpan.FromSeconds(10) });

        Assert.Equal(TimeSpan.FromSeconds(10), (await _two.ReadAsync<string?>("|key")).Remaining);
        Assert.Equal(TimeSpan.FromMinutes(5), (await _two.ReadAsync<string>("|other")).Remaining);
    }

    [Fact]
    public async Task A_value_expires_and_fail_safe_keeps_it_for_longer()
    {
        await _one.LoadAsync("|key", "value", Process.FailSafe);

        _world.Time.Advance(TimeSpan.FromMinutes(5));
        var read = await _two.ReadAsync<string>("|key");

        Assert.Equal(SecondLevelFreshness.Stale, read.Freshness);
        Assert.Equal("value", read.Value);
        Assert.Equal(TimeSpan.FromHours(1), read.Remaining);
        _world.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(SecondLevelFreshness.Missing, await _two.FreshnessAsync<string>("|key"));
    }

    [Fact]
    public async Task A_value_that_never_expires_is_kept_for_as_long_as_stores_can_count()
    {
        await _one.LoadAsync("|key", "value", Process.Settings with { Expiration = TimeSpan.MaxValue, FailSafeMaxDuration = TimeSpan.MaxValue });

        Assert.Equal(TimeSpan.FromDays(3650), _world.Store.LifetimeOf("|key"));
        Assert.Equal(TimeSpan.FromDays(3650), (await _two.ReadAsync<string>("|key")).Remaining);
    }

    [Fact]
    public async Task A_clock_that_is_behind_the_writers_does_not_lengthen_a_life()
    {
        var late = new SharedWorld();
        late.Time.AdjustTime(_world.Time.GetUtcNow() - TimeSpan.FromMinutes(3));
        var behind = new Process(late);
        await _one.LoadAsync("|key", "value");
        await behind.LoadAsync("|other", 1);
        late.Store["|key"] = _world.Store["|key"]!;

        // The versions of "*" are both the first of their store.
        Assert.Equal(TimeSpan.FromMinutes(5), (await behind.ReadAsync<string>("|key")).Remaining);
    }

    [Fact]
    public async Task A_key_read_as_another_type_is_a_miss_that_can_be_written_over()
    {
        await _one.LoadAsync("|key", 5);

        Assert.Equal(SecondLevelFreshness.Missing, await _two.FreshnessAsync<string>("|key"));
        Assert.StartsWith("24: The cache 'default' misses the key '|key'", Assert.Single(_two.Log.Messages), StringComparison.Ordinal);
        await _two.LoadAsync("|key", "text");
        Assert.Equal("text", await _one.ValueAsync<string>("|key"));
    }

    [Theory]
    [InlineData("|" + "long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-" +
        "long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-" +
        "long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-")]
    [InlineData("|with space and é")]
    public async Task A_key_that_stores_may_not_like_is_hashed_and_found(string key)
    {
        await _one.LoadAsync(key, "value");

        Assert.Equal("value", await _two.ValueAsync<string>(key));
        Assert.DoesNotContain(_world.Store.Calls, call => call.Contains(key, StringComparison.Ordinal));
        Assert.All(_world.Store.Calls, call => Assert.True(call.Length < 60));
    }

    [Fact]
    public async Task A_payload_of_another_key_is_never_mistaken()
    {
        await _one.LoadAsync("|key", "value");
        _world.Store["|other"] = _world.Store["|key"]!;

        Assert.Equal(SecondLevelFreshness.Missing, await _two.FreshnessAsync<string>("|other"));
        Assert.Equal(
            "23: The cache 'default' discards what the second level holds for the key '|other': it belongs to another key.",
            Assert.Single(_two.Log.Messages));
    }

    [Fact]
    public async Task A_large_value_is_compressed_unless_that_is_off_or_makes_it_no_smaller()
    {
        var text = new string('x', 100_000);
        var noise = new byte[100_000];
        new Random(1).NextBytes(noise);

        await _one.LoadAsync("|text", text);
        await _one.LoadAsync("|noise", noise);
        await _one.LoadAsync("|off", text, Process.Settings with { Flags = HybridCacheEntryFlags.DisableCompression });
        await _one.LoadAsync("|small", new string('x', 4095));

        Assert.True(_world.Store["|text"]!.Length < 1000);
        Assert.True(_world.Store["|noise"]!.Length > 100_000);
        Assert.True(_world.Store["|off"]!.Length > 100_000);
        Assert.True(_world.Store["|small"]!.Length > 4095);
        Assert.Equal(text, await _two.ValueAsync<string>("|text"));
        Assert.Equal(noise, await _two.ValueAsync<byte[]>("|noise"));
        Assert.Equal(text, await _two.ValueAsync<string>("|off"));
    }

    [Fact]
    public async Task A_value_that_is_too_large_is_not_written_and_the_old_one_goes()
    {
        var large = new byte[1024 * 1024 + 1];
        await _one.LoadAsync("|set", "old");
        await _one.LoadAsync("|loaded", "old");

        await _one.SetAsync("|set", large);
        await _one.LoadAsync("|loaded", large);
        await _one.LoadAsync("|new", large);

        Assert.Equal(SecondLevelFreshness.Missing, await _two.FreshnessAsync<string>("|set"));
        Assert.Equal(SecondLevelFreshness.Missing, await _two.FreshnessAsync<string>("|loaded"));
        Assert.Null(_world.Store["|new"]);
        Assert.Contains(
            "25: The cache 'default' does not write the key '|set' to the second level: the value takes more than MaximumPayloadBytes, which is 1048576.",
            _one.Log.Messages);
        await _one.SetAsync("|set", new byte[1024 * 1024]);
        Assert.Equal(1024 * 1024, (await _two.ValueAsync<byte[]>("|set"))!.Length);
    }

    [Fact]
    public async Task A_stored_value_that_is_larger_than_may_be_read_is_a_miss_before_it_is_decompressed()
    {
        await using var small = new Process(_world, static options => options.MaximumPayloadBytes = 50_000);
        await _one.LoadAsync("|key", new string('x', 50_001));

        Assert.Equal(SecondLevelFreshness.Missing, await small.FreshnessAsync<string>("|key"));
        Assert.EndsWith("it says to be larger than MaximumPayloadBytes.", Assert.Single(small.Log.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_cannot_be_serialized_is_not_written_and_the_old_one_goes()
    {
        await _one.LoadAsync("|key", "old");

        await _one.SetAsync("|key", "lone \uD800 surrogate");

        Assert.Equal(SecondLevelFreshness.Missing, await _two.FreshnessAsync<string>("|key"));
        Assert.Contains("26: The cache 'default' cannot serialize a value of the type 'System.String'.", _one.Log.Messages);
    }

    [Fact]
    public async Task A_call_that_only_writes_gets_no_value_and_may_write()
    {
        await _one.LoadAsync("|key", "old");
        var settings = Process.Settings with { Flags = HybridCacheEntryFlags.DisableDistributedCacheRead };

        var read = await _two.Level.ReadAsync<string>("|key", [], settings, hasStale: false, default);
        await _two.Level.StoreLoadedAsync("|key", "new", [], read.Stamp, settings, default);

        Assert.Equal(SecondLevelFreshness.Missing, read.Freshness);
        Assert.Equal("new", await _one.ValueAsync<string>("|key"));
    }

    [Fact]
    public async Task A_call_that_neither_reads_nor_writes_asks_nobody()
    {
        var settings = Process.Settings with { Flags = HybridCacheEntryFlags.DisableDistributedCache };

        var read = await _one.Level.ReadAsync<string>("|key", [], settings, hasStale: false, default);
        await _one.Level.StoreLoadedAsync("|key", "new", [], read.Stamp, settings, default);
        await _one.Level.SetAsync("|key", "new", [], settings, default);

        Assert.False(read.Stamp.IsKnown);
        Assert.Empty(_world.Store.Calls);
    }

    [Fact]
    public async Task A_type_without_serializer_stays_out_of_the_second_level()
    {
        await _one.LoadAsync("|key", new object());

        Assert.Empty(_world.Store.Calls);
    }
}
