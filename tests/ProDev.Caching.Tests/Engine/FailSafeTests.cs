using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Caching.Tests;

public sealed class FailSafeTests
{
    private static readonly CacheEntryOptions Options = new()
    {
        Expiration = TimeSpan.FromMinutes(1),
        FailSafeMaxDuration = TimeSpan.FromHours(1),
        FailSafeThrottleDuration = TimeSpan.FromSeconds(10),
    };

    private readonly FakeTimeProvider _time = new();
    private readonly ProDevHybridCache _cache;
    private int _loads;
    private Exception? _failure;

    public FailSafeTests() => _cache = new ProDevHybridCache(timeProvider: _time);

    [Fact]
    public async Task A_stale_value_is_served_when_loading_a_new_one_fails()
    {
        await LoadAsync();
        _time.Advance(TimeSpan.FromMinutes(2));
        _failure = new TimeoutException("down");

        Assert.Equal(1, await LoadAsync());
        Assert.Equal(2, _loads);
    }

    [Fact]
    public async Task The_source_is_left_in_peace_for_the_throttle_after_a_failure_and_then_asked_again()
    {
        await LoadAsync();
        _time.Advance(TimeSpan.FromMinutes(2));
        _failure = new TimeoutException("down");
        await LoadAsync();

        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(1, await LoadAsync());
        Assert.Equal(2, _loads);

        _time.Advance(TimeSpan.FromSeconds(2));
        _failure = null;
        Assert.Equal(3, await LoadAsync());
    }

    [Fact]
    public async Task A_value_older_than_fail_safe_allows_is_not_served()
    {
        await LoadAsync();
        _time.Advance(TimeSpan.FromMinutes(62));
        _failure = new TimeoutException("down");

        Assert.Same(_failure, await Assert.ThrowsAsync<TimeoutException>(() => LoadAsync().AsTask()));
    }

    [Fact]
    public async Task The_throttle_does_not_prolong_what_fail_safe_allows()
    {
        await LoadAsync();
        _time.Advance(TimeSpan.FromMinutes(60) + TimeSpan.FromSeconds(55));
        _failure = new TimeoutException("down");
        Assert.Equal(1, await LoadAsync());

        _time.Advance(TimeSpan.FromSeconds(6));
        await Assert.ThrowsAsync<TimeoutException>(() => LoadAsync().AsTask());
    }

    [Fact]
    public async Task A_removed_value_is_never_served_again()
    {
        await LoadAsync();
        await _cache.RemoveAsync("key");
        _failure = new TimeoutException("down");

        await Assert.ThrowsAsync<TimeoutException>(() => LoadAsync().AsTask());
    }

    [Fact]
    public async Task A_value_whose_tag_was_invalidated_is_never_served_again()
    {
        await LoadAsync();
        await _cache.RemoveByTagAsync("tag");
        _failure = new TimeoutException("down");

        await Assert.ThrowsAsync<TimeoutException>(() => LoadAsync().AsTask());
    }

    [Fact]
    public async Task A_value_that_is_removed_while_its_reload_runs_is_not_served_when_that_fails()
    {
        await LoadAsync();
        _time.Advance(TimeSpan.FromMinutes(2));
        var source = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var reload = _cache.GetOrCreateAsync("key", source, static (source, _, _) => new ValueTask<int>(source.Task), Options, ["tag"]).AsTask();

        await _cache.RemoveAsync("key");
        source.SetException(new TimeoutException("down"));

        await Assert.ThrowsAsync<TimeoutException>(() => reload);
    }

    [Fact]
    public async Task An_expired_value_stays_a_fallback_with_fail_safe()
    {
        await LoadAsync();
        await _cache.ExpireAsync("key");
        Assert.False(_cache.TryGet<int>("key", out _));

        _failure = new TimeoutException("down");
        Assert.Equal(1, await LoadAsync());
    }

    [Fact]
    public async Task Expiring_a_value_without_fail_safe_removes_it()
    {
        await _cache.SetAsync("key", 1);

        await _cache.ExpireAsync("key");

        Assert.False(_cache.TryGet<int>("key", out _));
        Assert.Equal(2, await _cache.GetOrCreateAsync("key", static _ => new ValueTask<int>(2)));
    }

    [Fact]
    public async Task A_stale_value_is_no_hit_for_those_who_load_nothing()
    {
        await LoadAsync();
        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.False(_cache.TryGet<int>("key", out _));
        Assert.False((await _cache.TryGetAsync<int>("key")).HasValue);
    }

    [Fact]
    public async Task The_synchronous_form_serves_a_stale_value_too()
    {
        await LoadAsync();
        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(1, _cache.GetOrCreate<int, int>("key", 0, static (_, _) => throw new TimeoutException("down"), Options));
    }

    [Fact]
    public async Task The_cancellation_of_all_callers_serves_nobody_a_stale_value()
    {
        await LoadAsync();
        _time.Advance(TimeSpan.FromMinutes(2));
        using var cancellation = new CancellationTokenSource();
        var reload = _cache.GetOrCreateAsync(
            "key", 0, static async (_, _, token) => await Never(token), Options, ["tag"], cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reload);
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task A_value_that_fail_safe_allows_no_longer_when_its_reload_fails_is_not_served()
    {
        await LoadAsync();
        _time.Advance(TimeSpan.FromMinutes(2));
        var source = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var reload = _cache.GetOrCreateAsync("key", source, static (source, _, _) => new ValueTask<int>(source.Task), Options, ["tag"]).AsTask();

        _time.Advance(TimeSpan.FromHours(1));
        source.SetException(new TimeoutException("down"));

        await Assert.ThrowsAsync<TimeoutException>(() => reload);
    }

    [Fact]
    public async Task A_value_expired_by_hand_without_fail_safe_is_never_served_again()
    {
        await _cache.SetAsync("key", 1);
        await _cache.ExpireAsync("key");
        _failure = new TimeoutException("down");

        await Assert.ThrowsAsync<TimeoutException>(() => LoadAsync().AsTask());
    }

    [Fact]
    public async Task A_value_expired_by_hand_is_a_fallback_for_as_long_as_fail_safe_allows_from_then()
    {
        await _cache.SetAsync("key", 1, new CacheEntryOptions { Expiration = TimeSpan.FromDays(1), FailSafeMaxDuration = TimeSpan.FromMinutes(1) });
        await _cache.ExpireAsync("key");
        _failure = new TimeoutException("down");
        Assert.Equal(1, await LoadAsync());

        _time.Advance(TimeSpan.FromSeconds(61));
        await Assert.ThrowsAsync<TimeoutException>(() => LoadAsync().AsTask());
    }

    [Fact]
    public async Task A_sliding_value_that_nobody_read_is_not_served_without_fail_safe()
    {
        await _cache.SetAsync("key", 1, new CacheEntryOptions { Expiration = TimeSpan.FromHours(1), SlidingExpiration = TimeSpan.FromMinutes(1) });
        _time.Advance(TimeSpan.FromMinutes(2));
        _failure = new TimeoutException("down");

        await Assert.ThrowsAsync<TimeoutException>(() => LoadAsync().AsTask());
    }

    [Fact]
    public async Task A_sliding_value_that_nobody_read_is_a_fallback_for_as_long_as_fail_safe_allows_from_then()
    {
        var options = new CacheEntryOptions { Expiration = TimeSpan.FromHours(1), SlidingExpiration = TimeSpan.FromMinutes(1), FailSafeMaxDuration = TimeSpan.FromMinutes(5) };
        await _cache.SetAsync("key", 1, options);
        _time.Advance(TimeSpan.FromMinutes(5));
        _failure = new TimeoutException("down");
        Assert.Equal(1, await LoadAsync());

        _time.Advance(TimeSpan.FromMinutes(1.1));
        await Assert.ThrowsAsync<TimeoutException>(() => LoadAsync().AsTask());
    }

    [Fact]
    public async Task A_sliding_value_that_is_stale_is_throttled_as_long_as_any()
    {
        await _cache.SetAsync("key", 1, Options with { SlidingExpiration = TimeSpan.FromSeconds(1) });
        _time.Advance(TimeSpan.FromSeconds(30));
        _failure = new TimeoutException("down");
        await LoadAsync();

        _time.Advance(TimeSpan.FromSeconds(9));

        Assert.Equal(1, await LoadAsync());
        Assert.Equal(1, _loads);
    }

    [Fact]
    public async Task A_reader_who_does_not_read_this_memory_gets_no_stale_value_from_it()
    {
        await LoadAsync();
        _time.Advance(TimeSpan.FromMinutes(2));

        await Assert.ThrowsAsync<TimeoutException>(() => _cache.GetOrCreateAsync<int>(
            "key", static (_, _) => throw new TimeoutException("down"), Options with { Flags = HybridCacheEntryFlags.DisableLocalCacheRead }, ["tag"]).AsTask());
    }

    private static async ValueTask<int> Never(CancellationToken token)
    {
        await Task.Delay(Timeout.Infinite, token);
        return 0;
    }

    private ValueTask<int> LoadAsync() => _cache.GetOrCreateAsync(
        "key",
        this,
        static (test, _, _) =>
        {
            test._loads++;
            return test._failure is null ? new ValueTask<int>(test._loads) : throw test._failure;
        },
        Options,
        ["tag"]);
}
