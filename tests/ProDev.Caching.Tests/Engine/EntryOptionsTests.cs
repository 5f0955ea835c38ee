using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Time.Testing;
using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class EntryOptionsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ProDevHybridCache _cache;
    private double _random;

    public EntryOptionsTests() =>
        _cache = new ProDevHybridCache(new ProDevCachingOptions(), new CacheParts { Time = _time, Random = () => _random });

    [Fact]
    public async Task A_sliding_value_lives_as_long_as_it_is_read_and_not_beyond_its_expiration()
    {
        await _cache.SetAsync("key", 1, new CacheEntryOptions { Expiration = TimeSpan.FromMinutes(5), SlidingExpiration = TimeSpan.FromMinutes(1) });
        for (var minute = 0; minute < 9; minute++)
        {
            Assert.True(_cache.TryGet<int>("key", out _));
            _time.Advance(TimeSpan.FromSeconds(33));
        }

        Assert.True(_cache.TryGet<int>("key", out _));
        _time.Advance(TimeSpan.FromSeconds(33));
        Assert.False(_cache.TryGet<int>("key", out _));
    }

    [Fact]
    public async Task A_sliding_value_that_nobody_reads_expires()
    {
        await _cache.SetAsync("key", 1, new CacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(1) });

        _time.Advance(TimeSpan.FromSeconds(61));

        Assert.False(_cache.TryGet<int>("key", out _));
    }

    [Fact]
    public async Task Reads_that_load_prolong_a_sliding_value_too()
    {
        var options = new CacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(1) };
        var loads = 0;
        for (var read = 0; read < 4; read++)
        {
            Assert.Equal(1, await _cache.GetOrCreateAsync("key", (_, _) => new ValueTask<int>(++loads), options));
            _time.Advance(TimeSpan.FromSeconds(50));
        }
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(0.5, 65)]
    [InlineData(1, 70)]
    public async Task Jitter_prolongs_a_value_by_its_random_part(double random, int seconds)
    {
        _random = random;
        await _cache.SetAsync("key", 1, new CacheEntryOptions { Expiration = TimeSpan.FromMinutes(1), JitterMaxDuration = TimeSpan.FromSeconds(10) });

        _time.Advance(TimeSpan.FromMilliseconds((1000 * seconds) - 1));
        Assert.True(_cache.TryGet<int>("key", out _));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(_cache.TryGet<int>("key", out _));
    }

    [Fact]
    public async Task Jitter_on_a_value_that_never_expires_changes_nothing()
    {
        _random = 1;
        await _cache.SetAsync("key", 1, new CacheEntryOptions { Expiration = TimeSpan.MaxValue, JitterMaxDuration = TimeSpan.MaxValue, FailSafeMaxDuration = TimeSpan.MaxValue, EagerRefreshThreshold = 0.5 });

        _time.Advance(TimeSpan.FromDays(10_000));

        Assert.True(_cache.TryGet<int>("key", out _));
    }

    [Fact]
    public async Task A_null_is_kept_unless_told_otherwise()
    {
        var loads = 0;
        await LoadNullAsync(new CacheEntryOptions(), () => loads++);
        await LoadNullAsync(new CacheEntryOptions(), () => loads++);

        Assert.Equal(1, loads);
        Assert.True(_cache.TryGet<string?>("key", out var value));
        Assert.Null(value);
    }

    [Fact]
    public async Task A_null_that_is_skipped_is_not_kept_and_drops_the_value_it_replaces()
    {
        var loads = 0;
        var options = new CacheEntryOptions { Nulls = NullCaching.Skip, FailSafeMaxDuration = TimeSpan.FromHours(1) };
        await _cache.SetAsync<string?>("key", "old", options);
        await _cache.ExpireAsync("key");

        Assert.Null(await LoadNullAsync(options, () => loads++));
        Assert.Null(await LoadNullAsync(options, () => loads++));

        Assert.Equal(2, loads);
        await Assert.ThrowsAsync<InvalidOperationException>(() => LoadNullAsync(options, static () => throw new InvalidOperationException("down")).AsTask());
    }

    [Fact]
    public async Task Setting_a_null_that_is_skipped_removes_the_value()
    {
        await _cache.SetAsync<string?>("key", "old");

        await _cache.SetAsync<string?>("key", null, new CacheEntryOptions { Nulls = NullCaching.Skip });

        Assert.False(_cache.TryGet<string?>("key", out _));
    }

    [Fact]
    public async Task A_null_expires_by_its_own_time_when_that_is_shorter()
    {
        var options = new CacheEntryOptions { Expiration = TimeSpan.FromMinutes(10), NullExpiration = TimeSpan.FromSeconds(5) };
        await _cache.SetAsync<string?>("null", null, options);
        await _cache.SetAsync<string?>("text", "text", options);

        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.False(_cache.TryGet<string?>("null", out _));
        Assert.True(_cache.TryGet<string?>("text", out _));
    }

    [Fact]
    public async Task A_failure_is_remembered_for_its_time_and_nothing_is_run()
    {
        var loads = 0;
        var options = new CacheEntryOptions { FailureExpiration = TimeSpan.FromSeconds(5) };
        ValueTask<int> LoadAsync() => _cache.GetOrCreateAsync<int>("key", (_, _) => throw new InvalidOperationException($"down {++loads}"), options);

        var first = await Assert.ThrowsAsync<InvalidOperationException>(() => LoadAsync().AsTask());
        var second = await Assert.ThrowsAsync<InvalidOperationException>(() => LoadAsync().AsTask());
        Assert.Same(first, second);
        Assert.Throws<InvalidOperationException>(() => _cache.GetOrCreate("key", 0, static (_, _) => 1, options));
        Assert.False(_cache.TryGet<int>("key", out _));

        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("down 2", (await Assert.ThrowsAsync<InvalidOperationException>(() => LoadAsync().AsTask())).Message);
    }

    [Fact]
    public async Task The_stack_of_a_remembered_failure_does_not_grow_with_its_readers()
    {
        var options = new CacheEntryOptions { FailureExpiration = TimeSpan.FromMinutes(5) };
        ValueTask<int> LoadAsync() => _cache.GetOrCreateAsync<int>("key", static (_, _) => throw new InvalidOperationException("down"), options);
        await Assert.ThrowsAsync<InvalidOperationException>(() => LoadAsync().AsTask());
        var second = (await Assert.ThrowsAsync<InvalidOperationException>(() => LoadAsync().AsTask())).StackTrace!.Length;

        for (var read = 0; read < 10; read++)
            await Assert.ThrowsAsync<InvalidOperationException>(() => LoadAsync().AsTask());

        Assert.Equal(second, (await Assert.ThrowsAsync<InvalidOperationException>(() => LoadAsync().AsTask())).StackTrace!.Length);
    }

    [Fact]
    public async Task A_remembered_failure_goes_with_its_key_and_its_tags()
    {
        var options = new CacheEntryOptions { FailureExpiration = TimeSpan.FromMinutes(5) };
        async Task FailAsync() => await Assert.ThrowsAsync<InvalidOperationException>(
            () => _cache.GetOrCreateAsync<int>("key", static (_, _) => throw new InvalidOperationException("down"), options, ["tag"]).AsTask());
        ValueTask<int> LoadAsync() => _cache.GetOrCreateAsync("key", static (_, _) => new ValueTask<int>(1), options, ["tag"]);

        await FailAsync();
        await _cache.RemoveAsync("key");
        Assert.Equal(1, await LoadAsync());

        await _cache.RemoveAsync("key");
        await FailAsync();
        await _cache.RemoveByTagAsync("tag");
        Assert.Equal(1, await LoadAsync());

        await _cache.RemoveAsync("key");
        await FailAsync();
        await _cache.SetAsync("key", 2);
        Assert.Equal(2, await LoadAsync());
    }

    [Fact]
    public async Task A_cancellation_is_not_remembered_as_a_failure()
    {
        var options = new CacheEntryOptions { FailureExpiration = TimeSpan.FromMinutes(5) };
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => _cache.GetOrCreateAsync<int>("key", static (_, _) => throw new OperationCanceledException("the source's own"), options).AsTask());

        Assert.Equal(1, await _cache.GetOrCreateAsync("key", static (_, _) => new ValueTask<int>(1), options));
    }

    [Fact]
    public async Task The_factory_decides_how_its_value_is_kept()
    {
        var options = new CacheEntryOptions { Expiration = TimeSpan.FromMinutes(10) };
        ValueTask<int> LoadAsync(string key) => _cache.GetOrCreateAsync(
            key,
            static (context, _) =>
            {
                Assert.Equal(TimeSpan.FromMinutes(10), context.Options.Expiration);
                context.Options.Expiration = TimeSpan.FromSeconds(1);
                return new ValueTask<int>(1);
            },
            options);
        await LoadAsync("key");

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(_cache.TryGet<int>("key", out _));
        Assert.Equal(TimeSpan.FromMinutes(10), options.Expiration);
    }

    [Fact]
    public async Task The_factory_can_keep_its_value_from_being_stored()
    {
        Assert.Equal(1, await _cache.GetOrCreateAsync("key", static (context, _) => { context.IsStored = false; return new ValueTask<int>(1); }));

        Assert.False(_cache.TryGet<int>("key", out _));
    }

    [Fact]
    public async Task The_factory_sees_the_value_it_replaces()
    {
        var options = new CacheEntryOptions { Expiration = TimeSpan.FromMinutes(1), FailSafeMaxDuration = TimeSpan.FromHours(1) };
        await _cache.SetAsync("key", 41, options);
        _time.Advance(TimeSpan.FromMinutes(2));

        var value = await _cache.GetOrCreateAsync(
            "key",
            static (context, _) =>
            {
                Assert.True(context.HasStaleValue);
                Assert.False(context.TryGetStaleValue<string>(out var _));
                return new ValueTask<int>(context.TryGetStaleValue<int>(out var stale) ? stale + 1 : 0);
            },
            options);

        Assert.Equal(42, value);
    }

    [Fact]
    public async Task Options_that_the_factory_sets_out_of_range_fail_the_load_and_store_nothing()
    {
        var fault = await Assert.ThrowsAsync<ArgumentException>(() => _cache.GetOrCreateAsync(
            "key", static (context, _) => { context.Options.Expiration = TimeSpan.Zero; return new ValueTask<int>(1); }).AsTask());

        Assert.Contains("CacheEntryOptions.Expiration is '00:00:00'", fault.Message, StringComparison.Ordinal);
        Assert.False(_cache.TryGet<int>("key", out _));
    }

    [Fact]
    public async Task All_faults_of_a_calls_options_are_reported_together_and_nothing_is_run()
    {
        var wrong = new CacheEntryOptions
        {
            Expiration = TimeSpan.FromSeconds(-1),
            LocalExpiration = TimeSpan.Zero,
            SlidingExpiration = TimeSpan.Zero,
            JitterMaxDuration = TimeSpan.FromTicks(-1),
            FailSafeMaxDuration = TimeSpan.FromTicks(-1),
            FailSafeThrottleDuration = TimeSpan.Zero,
            FactorySoftTimeout = TimeSpan.FromSeconds(2),
            FactoryHardTimeout = TimeSpan.FromSeconds(1),
            EagerRefreshThreshold = double.NaN,
            Nulls = (NullCaching)9,
            NullExpiration = TimeSpan.Zero,
            FailureExpiration = TimeSpan.FromTicks(-1),
            Weight = 0,
            Isolation = (ValueIsolation)9,
            DistributedSoftTimeout = TimeSpan.FromSeconds(2),
            DistributedHardTimeout = TimeSpan.FromSeconds(1),
        };

        var fault = await Assert.ThrowsAsync<ArgumentException>(
            "options", () => _cache.GetOrCreateAsync<int>("key", static (_, _) => throw new InvalidOperationException("was run"), wrong).AsTask());

        foreach (var name in typeof(CacheEntryOptions).GetProperties().Select(property => property.Name).Where(name => name is not nameof(CacheEntryOptions.Flags)))
            Assert.Contains(name, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_to_load_one_type_is_not_thrown_to_those_who_load_another()
    {
        var options = new CacheEntryOptions { FailureExpiration = TimeSpan.FromMinutes(1) };
        await Assert.ThrowsAsync<InvalidOperationException>(() => _cache.GetOrCreateAsync<int>("key", static (_, _) => throw new InvalidOperationException("down"), options).AsTask());

        Assert.Equal("value", await _cache.GetOrCreateAsync("key", static (_, _) => new ValueTask<string>("value"), options));
    }

    [Fact]
    public async Task A_failure_that_is_remembered_takes_the_place_of_no_value_that_is_good()
    {
        var options = new CacheEntryOptions { FailureExpiration = TimeSpan.FromMinutes(1), Flags = HybridCacheEntryFlags.DisableLocalCacheRead };
        await _cache.SetAsync("key", 1);

        await Assert.ThrowsAsync<InvalidOperationException>(() => _cache.GetOrCreateAsync<int>("key", static (_, _) => throw new InvalidOperationException("down"), options).AsTask());

        Assert.True(_cache.TryGet<int>("key", out _));
    }

    [Fact]
    public async Task The_flags_of_the_defaults_count_when_the_call_names_none()
    {
        var cache = new ProDevHybridCache(new ProDevCachingOptions { DefaultEntryOptions = new CacheEntryOptions { Flags = HybridCacheEntryFlags.DisableLocalCacheRead } }, _time);
        await cache.SetAsync("key", 1);

        Assert.Equal(2, await cache.GetOrCreateAsync("key", static _ => new ValueTask<int>(2)));
        Assert.Equal(3, await cache.GetOrCreateAsync("key".AsSpan(), 3, static (state, _) => new ValueTask<int>(state)));
        Assert.Equal(4, await cache.GetOrCreateAsync("key", static (_, _) => new ValueTask<int>(4)));
        Assert.Equal(5, cache.GetOrCreate("key", 5, static (state, _) => state));
    }

    [Fact]
    public async Task A_refresh_that_fails_does_not_prolong_a_sliding_value()
    {
        var options = new CacheEntryOptions { Expiration = TimeSpan.FromMinutes(10), SlidingExpiration = TimeSpan.FromMinutes(2), EagerRefreshThreshold = 0.1 };
        await _cache.SetAsync("key", 1, options);
        _time.Advance(TimeSpan.FromMinutes(1));
        var source = new TaskCompletionSource<int>();
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _cache.Happened += (_, happened) => _ = happened.Kind == CacheEventKind.LoadFailed && failed.TrySetResult();
        await _cache.GetOrCreateAsync("key", (_, _) => new ValueTask<int>(source.Task), options);

        _time.Advance(TimeSpan.FromSeconds(100));
        source.SetException(new InvalidOperationException("down"));
        await failed.Task;
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.False(_cache.TryGet<int>("key", out _));
    }

    private ValueTask<string?> LoadNullAsync(CacheEntryOptions options, Action run) => _cache.GetOrCreateAsync(
        "key",
        run,
        static (run, _, _) =>
        {
            run();
            return new ValueTask<string?>((string?)null);
        },
        options);
}
