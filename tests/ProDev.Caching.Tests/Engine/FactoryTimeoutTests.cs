using Microsoft.Extensions.Time.Testing;

namespace ProDev.Caching.Tests;

public sealed class FactoryTimeoutTests
{
    private static readonly TimeSpan Soft = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Hard = TimeSpan.FromSeconds(1);

    private static readonly CacheEntryOptions Options = new()
    {
        Expiration = TimeSpan.FromMinutes(1),
        FailSafeMaxDuration = TimeSpan.FromHours(1),
        FactorySoftTimeout = Soft,
        FactoryHardTimeout = Hard,
    };

    // Real time, for what would otherwise never come.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly ProDevHybridCache _cache;
    private TaskCompletionSource<int> _source = NewSource();
    private int _loads;

    public FactoryTimeoutTests() => _cache = new ProDevHybridCache(timeProvider: _time);

    [Fact]
    public async Task A_caller_gets_the_stale_value_after_the_soft_timeout_and_the_load_completes_in_the_background()
    {
        await StoreAsync();
        var caller = LoadAsync();
        Assert.False(caller.IsCompleted);

        _time.Advance(Soft);
        Assert.Equal(1, await caller);

        _source.SetResult(2);
        await UntilAsync(() => _cache.TryGet<int>("key", out var value) && value == 2);
        Assert.Equal(2, _loads);
    }

    [Fact]
    public async Task Who_comes_after_the_soft_timeout_gets_the_stale_value_at_once()
    {
        await StoreAsync();
        var first = LoadAsync();
        _time.Advance(Soft);
        await first;

        Assert.Equal(1, await LoadAsync());
        Assert.Equal(2, _loads);
    }

    [Fact]
    public async Task A_soft_timeout_of_zero_answers_the_stale_value_while_the_next_one_is_loaded()
    {
        await StoreAsync();

        Assert.Equal(1, await LoadAsync(Options with { FactorySoftTimeout = TimeSpan.Zero }));
        Assert.Equal(2, _loads);
    }

    [Fact]
    public async Task Without_a_stale_value_the_soft_timeout_does_nothing_and_the_hard_one_throws()
    {
        var caller = LoadAsync();
        _time.Advance(Soft);
        Assert.False(caller.IsCompleted);

        _time.Advance(Hard);
        var timeout = await Assert.ThrowsAsync<TimeoutException>(() => caller);

        Assert.Contains("'key'", timeout.Message, StringComparison.Ordinal);
        Assert.Contains("'00:00:01'", timeout.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_load_that_outlived_its_caller_is_not_started_twice_and_its_value_is_kept()
    {
        var caller = LoadAsync();
        _time.Advance(Hard);
        await Assert.ThrowsAsync<TimeoutException>(() => caller);

        var next = LoadAsync();
        _source.SetResult(5);

        Assert.Equal(5, await next);
        Assert.Equal(1, _loads);
        Assert.True(_cache.TryGet<int>("key", out _));
    }

    [Fact]
    public async Task The_hard_timeout_is_each_callers_own()
    {
        var first = LoadAsync();
        _time.Advance(Hard / 2);
        var second = LoadAsync();
        _time.Advance(Hard / 2);

        await Assert.ThrowsAsync<TimeoutException>(() => first);
        Assert.False(second.IsCompleted);
        _source.SetResult(5);
        Assert.Equal(5, await second);
    }

    [Fact]
    public async Task A_caller_who_leaves_after_another_has_timed_out_does_not_cancel_the_load()
    {
        using var cancellation = new CancellationTokenSource();
        var token = CancellationToken.None;
        var impatient = _cache.GetOrCreateAsync("key", this, (test, _, loadToken) => { token = loadToken; return new ValueTask<int>(test._source.Task); }, Options, null, cancellation.Token).AsTask();
        var other = LoadAsync(cancellationToken: cancellation.Token);
        _time.Advance(Hard);
        await Assert.ThrowsAsync<TimeoutException>(() => impatient);
        await Assert.ThrowsAsync<TimeoutException>(() => other);

        await cancellation.CancelAsync();

        Assert.False(token.IsCancellationRequested);
    }

    [Fact]
    public async Task A_timeout_of_the_factory_itself_is_told_from_the_callers()
    {
        var caller = LoadAsync();
        var own = new TimeoutException("the database");
        _source.SetException(own);

        Assert.Same(own, await Assert.ThrowsAsync<TimeoutException>(() => caller));
    }

    [Fact]
    public async Task A_stale_value_that_was_removed_meanwhile_is_not_served_at_the_soft_timeout()
    {
        await StoreAsync();
        var caller = LoadAsync();
        await _cache.RemoveAsync("key");

        _time.Advance(Soft);
        _source.SetResult(2);

        Assert.Equal(2, await caller);
    }

    [Fact]
    public async Task A_failure_after_the_soft_timeout_leaves_the_stale_value_for_the_throttle()
    {
        await StoreAsync();
        var caller = LoadAsync();
        _time.Advance(Soft);
        await caller;
        _source.SetException(new InvalidOperationException("down"));

        await UntilAsync(() => _cache.TryGet<int>("key", out var value) && value == 1);
        Assert.Equal(2, _loads);
    }

    [Fact]
    public async Task A_follower_times_out_once_also_when_the_starter_has_left()
    {
        using var cancellation = new CancellationTokenSource();
        var starter = LoadAsync(cancellationToken: cancellation.Token);
        var follower = LoadAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starter);

        _time.Advance(Hard);

        Assert.Contains("'key'", (await Assert.ThrowsAsync<TimeoutException>(() => follower.WaitAsync(Patience))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hard_timeout_counts_from_the_start_of_the_wait_when_the_stale_value_is_gone_at_the_soft_one()
    {
        await StoreAsync();
        var caller = LoadAsync();
        await _cache.RemoveAsync("key");
        _time.Advance(Soft);
        await SettleAsync();

        _time.Advance(Hard - Soft);

        Assert.Contains("'key'", (await Assert.ThrowsAsync<TimeoutException>(() => caller.WaitAsync(Patience))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hard_timeout_of_the_defaults_limits_a_longer_soft_one_of_the_call()
    {
        var cache = new ProDevHybridCache(new ProDevCachingOptions { DefaultEntryOptions = new CacheEntryOptions { FactoryHardTimeout = Hard } }, _time);
        var options = new CacheEntryOptions { Expiration = TimeSpan.FromMinutes(1), FailSafeMaxDuration = TimeSpan.FromHours(1), FactorySoftTimeout = Hard * 10 };
        await cache.SetAsync("key", 1, options);
        _time.Advance(TimeSpan.FromMinutes(2));
        var caller = cache.GetOrCreateAsync("key", (_, _) => new ValueTask<int>(_source.Task), options).AsTask();

        _time.Advance(Hard);

        Assert.Equal(1, await caller.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_stale_value_that_fail_safe_allows_no_longer_is_not_served_at_the_soft_timeout()
    {
        var options = Options with { FailSafeMaxDuration = TimeSpan.FromMinutes(1), FactorySoftTimeout = TimeSpan.FromMinutes(1), FactoryHardTimeout = TimeSpan.FromMinutes(2) };
        await _cache.SetAsync("key", 1, options);
        _time.Advance(TimeSpan.FromSeconds(90));
        var caller = LoadAsync(options);

        _time.Advance(TimeSpan.FromMinutes(1));
        await SettleAsync();
        _source.SetResult(2);

        Assert.Equal(2, await caller);
    }

    [Fact]
    public async Task A_load_that_outlived_a_caller_is_not_cancelled_when_the_last_other_one_leaves()
    {
        using var cancellation = new CancellationTokenSource();
        var token = CancellationToken.None;
        var patient = _cache.GetOrCreateAsync("key", async loadToken => { token = loadToken; return await _source.Task; }, cancellationToken: cancellation.Token).AsTask();
        var impatient = LoadAsync();
        _time.Advance(Hard);
        await Assert.ThrowsAsync<TimeoutException>(() => impatient);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => patient);

        Assert.False(token.IsCancellationRequested);
        _source.SetResult(5);
        await UntilAsync(() => _cache.TryGet<int>("key", out var value) && value == 5);
    }

    private static TaskCompletionSource<int> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Yield();
    }

    // Long enough for a continuation that waits for nothing but a free thread.
    private static async Task SettleAsync()
    {
        for (var turn = 0; turn < 1000; turn++)
            await Task.Yield();
    }

    private async Task StoreAsync()
    {
        _source.SetResult(1);
        await LoadAsync();
        _source = NewSource();
        _time.Advance(TimeSpan.FromMinutes(2));
    }

    private Task<int> LoadAsync(CacheEntryOptions? options = null, CancellationToken cancellationToken = default) => _cache.GetOrCreateAsync(
        "key",
        this,
        static (test, _, _) =>
        {
            test._loads++;
            return new ValueTask<int>(test._source.Task);
        },
        options ?? Options,
        tags: null,
        cancellationToken).AsTask();
}
