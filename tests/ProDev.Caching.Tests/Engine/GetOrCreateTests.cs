using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Caching.Tests;

public sealed class GetOrCreateTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ProDevHybridCache _cache;
    private int _loads;

    public GetOrCreateTests() => _cache = new ProDevHybridCache(new ProDevCachingOptions { DefaultEntryOptions = { Expiration = TimeSpan.FromMinutes(1) } }, _time);

    [Fact]
    public async Task The_factory_runs_once_while_the_value_is_fresh()
    {
        Assert.Equal(1, await LoadAsync());
        Assert.Equal(1, await LoadAsync());
    }

    [Fact]
    public async Task The_string_and_the_span_of_a_key_lead_to_the_same_value()
    {
        Assert.Equal(1, await LoadAsync());

        Assert.Equal(1, await _cache.GetOrCreateAsync("key".AsSpan(), this, static (self, _) => self.CountAsync()));
        Assert.Equal(2, await _cache.GetOrCreateAsync("other".AsSpan(), this, static (self, _) => self.CountAsync()));
        Assert.Equal(2, await LoadAsync("other"));
    }

    [Fact]
    public async Task A_null_value_is_cached()
    {
        string? LoadNull()
        {
            _loads++;
            return null;
        }

        Assert.Null(await _cache.GetOrCreateAsync("key", _ => new ValueTask<string?>(LoadNull())));
        Assert.Null(await _cache.GetOrCreateAsync("key", _ => new ValueTask<string?>(LoadNull())));

        Assert.Equal(1, _loads);
        Assert.True(_cache.TryGet<string?>("key", out var value));
        Assert.Null(value);
    }

    [Fact]
    public async Task Reading_as_another_type_is_a_miss_and_loading_replaces_the_value()
    {
        await _cache.SetAsync("key", 42);

        Assert.False(_cache.TryGet<string>("key", out _));
        Assert.Equal("text", await _cache.GetOrCreateAsync("key", static _ => new ValueTask<string>("text")));
        Assert.False(_cache.TryGet<int>("key", out _));
        Assert.False(_cache.TryGet<object>("key", out _));
        Assert.True(_cache.TryGet<string>("key", out _));
    }

    [Fact]
    public async Task The_value_expires_when_the_default_time_is_over()
    {
        await LoadAsync();

        _time.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await LoadAsync());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, await LoadAsync());
    }

    [Theory]
    [InlineData(10, 3)]
    [InlineData(3, 10)]
    [InlineData(3, null)]
    public async Task The_smaller_of_the_two_expirations_counts(int expiration, int? local)
    {
        var options = new HybridCacheEntryOptions
        {
            Expiration = TimeSpan.FromSeconds(expiration),
            LocalCacheExpiration = local is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        await LoadAsync(options: options);

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, await LoadAsync(options: options));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await LoadAsync(options: options));
    }

    [Fact]
    public async Task The_local_default_counts_when_the_call_names_no_local_time()
    {
        var cache = new ProDevHybridCache(new ProDevCachingOptions { DefaultEntryOptions = { LocalExpiration = TimeSpan.FromSeconds(1) } }, _time);
        await cache.SetAsync("key", 1, new HybridCacheEntryOptions { Expiration = TimeSpan.FromHours(1) });

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(cache.TryGet<int>("key", out _));
    }

    [Fact]
    public async Task A_value_is_kept_for_ever_when_its_time_is_the_longest_there_is()
    {
        await _cache.SetAsync("key", 1, new HybridCacheEntryOptions { Expiration = TimeSpan.MaxValue });

        _time.Advance(TimeSpan.FromDays(365_000));

        Assert.True(_cache.TryGet<int>("key", out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task A_value_is_not_kept_when_its_time_is_not_positive(int seconds)
    {
        var options = new HybridCacheEntryOptions { Expiration = TimeSpan.FromSeconds(seconds) };

        Assert.Equal(1, await LoadAsync(options: options));
        Assert.Equal(2, await LoadAsync(options: options));
        Assert.False(_cache.TryGet<int>("key", out _));
    }

    [Fact]
    public async Task The_value_is_loaded_again_when_reading_is_disabled()
    {
        await LoadAsync();

        Assert.Equal(2, await LoadAsync(options: new HybridCacheEntryOptions { Flags = HybridCacheEntryFlags.DisableLocalCacheRead }));
        Assert.Equal(2, await LoadAsync());
    }

    [Fact]
    public async Task The_value_is_not_stored_when_writing_is_disabled()
    {
        Assert.Equal(1, await LoadAsync(options: new HybridCacheEntryOptions { Flags = HybridCacheEntryFlags.DisableLocalCacheWrite }));
        Assert.Equal(2, await LoadAsync());
        Assert.Equal(2, await LoadAsync(options: new HybridCacheEntryOptions { Flags = HybridCacheEntryFlags.DisableLocalCacheWrite }));
    }

    [Fact]
    public async Task A_miss_answers_default_when_the_underlying_data_is_disabled()
    {
        var options = new HybridCacheEntryOptions { Flags = HybridCacheEntryFlags.DisableUnderlyingData };

        Assert.Equal(0, await LoadAsync(options: options));
        await _cache.SetAsync("key", 9);
        Assert.Equal(9, await LoadAsync(options: options));
        Assert.Equal(0, _loads);
    }

    [Fact]
    public async Task Setting_replaces_a_value_and_its_expiration()
    {
        await _cache.SetAsync("key", 1, new HybridCacheEntryOptions { Expiration = TimeSpan.FromSeconds(1) });
        await _cache.SetAsync("key", 2, new HybridCacheEntryOptions { Expiration = TimeSpan.FromSeconds(9) });
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.True(_cache.TryGet<int>("key", out var value));
        Assert.Equal(2, value);
    }

    [Fact]
    public async Task Setting_removes_the_old_value_when_writing_is_disabled()
    {
        await _cache.SetAsync("key", 1);
        await _cache.SetAsync("key", 2, new HybridCacheEntryOptions { Flags = HybridCacheEntryFlags.DisableLocalCacheWrite });

        Assert.False(_cache.TryGet<int>("key", out _));
    }

    [Fact]
    public async Task Null_keys_and_factories_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentNullException>("key", async () => await LoadAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>("key", async () => await _cache.SetAsync(null!, 1));
        await Assert.ThrowsAsync<ArgumentNullException>("key", async () => await _cache.RemoveAsync((string)null!));
        Assert.Throws<ArgumentNullException>("key", () => _cache.TryGet<int>(null!, out _));
        await Assert.ThrowsAsync<ArgumentNullException>(
            "factory", async () => await _cache.GetOrCreateAsync<int, int>("key", 0, null!));
        await Assert.ThrowsAsync<ArgumentNullException>(
            "factory", async () => await _cache.GetOrCreateAsync<int, int>("key".AsSpan(), 0, null!));
    }

    private ValueTask<int> LoadAsync(string key = "key", HybridCacheEntryOptions? options = null) =>
        _cache.GetOrCreateAsync(key, this, static (self, _) => self.CountAsync(), options);

    private ValueTask<int> CountAsync() => new(Interlocked.Increment(ref _loads));
}
