using System.Diagnostics;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Caching.Tests;

public sealed class EagerRefreshTests
{
    private static readonly CacheEntryOptions Options = new()
    {
        Expiration = TimeSpan.FromMinutes(10),
        EagerRefreshThreshold = 0.8,
        FailSafeThrottleDuration = TimeSpan.FromSeconds(30),
    };

    private static readonly AsyncLocal<string?> Ambient = new();

    private readonly FakeTimeProvider _time = new();
    private readonly ProDevHybridCache _cache;
    private readonly TaskCompletionSource _refreshed = NewSignal();
    private Exception? _failure;
    private int _loads;
    private string? _seen;

    public EagerRefreshTests() => _cache = new ProDevHybridCache(timeProvider: _time);

    [Fact]
    public async Task The_first_read_past_the_threshold_gets_the_old_value_and_starts_one_load_in_the_background()
    {
        await LoadAsync();
        _time.Advance(TimeSpan.FromMinutes(7.9));
        Assert.Equal(1, await LoadAsync());
        Assert.Equal(1, _loads);

        _time.Advance(TimeSpan.FromMinutes(0.2));
        Assert.Equal(1, await LoadAsync());
        await _refreshed.Task;

        await UntilAsync(() => _cache.TryGet<int>("key", out var value) && value == 2);
        Assert.Equal(2, _loads);
    }

    [Fact]
    public async Task Readers_who_come_while_the_refresh_runs_get_the_old_value_and_start_nothing()
    {
        await LoadAsync();
        _time.Advance(TimeSpan.FromMinutes(8.1));
        var gate = NewSignal();
        Assert.Equal(1, await LoadAsync(gate.Task));
        await _refreshed.Task;

        Assert.Equal(1, await LoadAsync());
        Assert.Equal(1, await LoadAsync());
        gate.SetResult();
        await UntilAsync(() => _cache.TryGet<int>("key", out var value) && value == 2);

        Assert.Equal(2, _loads);
    }

    [Fact]
    public async Task Of_many_readers_at_the_threshold_one_refreshes()
    {
        await LoadAsync();
        _time.Advance(TimeSpan.FromMinutes(8.1));
        var gate = NewSignal();

        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => LoadAsync(gate.Task).AsTask())));
        gate.SetResult();
        await UntilAsync(() => _cache.TryGet<int>("key", out var value) && value == 2);

        Assert.Equal(2, _loads);
    }

    [Fact]
    public async Task A_refresh_that_fails_leaves_the_value_and_is_tried_again_after_the_throttle()
    {
        await LoadAsync();
        _time.Advance(TimeSpan.FromMinutes(8.1));
        _failure = new InvalidOperationException("down");
        var failed = NextEventAsync(CacheEventKind.LoadFailed);
        Assert.Equal(1, await LoadAsync());
        Assert.Same(_failure, (await failed).Error);

        Assert.Equal(1, await LoadAsync());
        Assert.Equal(2, _loads);
        _failure = null;
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(1, await LoadAsync());
        await UntilAsync(() => _cache.TryGet<int>("key", out var value) && value == 3);
    }

    [Fact]
    public async Task A_refresh_of_a_value_that_is_removed_meanwhile_stores_nothing()
    {
        await LoadAsync();
        _time.Advance(TimeSpan.FromMinutes(8.1));
        var gate = NewSignal();
        await LoadAsync(gate.Task);
        await _refreshed.Task;

        await _cache.RemoveAsync("key");
        gate.SetResult();

        Assert.Equal(3, await LoadAsync());
    }

    [Fact]
    public async Task A_reader_who_finds_the_value_expired_waits_for_the_refresh_that_runs()
    {
        await LoadAsync();
        _time.Advance(TimeSpan.FromMinutes(8.1));
        var gate = NewSignal();
        await LoadAsync(gate.Task);
        _time.Advance(TimeSpan.FromMinutes(2));

        var late = LoadAsync();
        Assert.False(late.IsCompleted);
        gate.SetResult();

        Assert.Equal(2, await late);
        Assert.Equal(2, _loads);
    }

    [Fact]
    public async Task A_refresh_does_not_see_what_is_ambient_where_the_reader_is()
    {
        await LoadAsync();
        _time.Advance(TimeSpan.FromMinutes(8.1));
        Ambient.Value = "the reader's request";
        using var activity = new Activity("request").Start();

        await LoadAsync();
        await _refreshed.Task;

        Assert.Equal("nothing", _seen);
    }

    [Fact]
    public async Task A_synchronous_reader_refreshes_on_the_pool()
    {
        var thread = 0;
        int Load() => _cache.GetOrCreate("key", this, (test, _) => { thread = Environment.CurrentManagedThreadId; return ++test._loads; }, Options);
        Load();
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
        _time.Advance(TimeSpan.FromMinutes(8.1));

        Assert.Equal(1, Load());
        await UntilAsync(() => _cache.TryGet<int>("key", out var value) && value == 2);
    }

    [Fact]
    public async Task Who_waits_for_a_refresh_past_the_expiration_gets_its_failure_and_no_expired_value()
    {
        await LoadAsync();
        _time.Advance(TimeSpan.FromMinutes(8.1));
        _failure = new InvalidOperationException("down");
        var gate = NewSignal();
        await LoadAsync(gate.Task);
        await _refreshed.Task;
        _time.Advance(TimeSpan.FromMinutes(2));

        var late = LoadAsync();
        gate.SetResult();

        Assert.Same(_failure, await Assert.ThrowsAsync<InvalidOperationException>(() => late.AsTask()));
    }

    [Fact]
    public async Task A_stale_value_is_not_refreshed_within_the_throttle()
    {
        var background = 0;
        ValueTask<int> Load() => _cache.GetOrCreateAsync<int>(
            "key",
            (context, _) =>
            {
                if (context.IsBackground)
                    Interlocked.Increment(ref background);
                throw new InvalidOperationException("down");
            },
            Options with { FailSafeMaxDuration = TimeSpan.FromHours(1) });
        await _cache.SetAsync("key", 1, Options with { FailSafeMaxDuration = TimeSpan.FromHours(1) });
        _time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(1, await Load());

        Assert.Equal(1, await Load());
        await QueuedRefreshesAsync();
        Assert.Equal(0, Volatile.Read(ref background));
    }

    [Fact]
    public async Task A_reader_who_does_not_store_leaves_the_refresh_to_one_who_does()
    {
        await LoadAsync();
        _time.Advance(TimeSpan.FromMinutes(8.1));
        Assert.Equal(1, await _cache.GetOrCreateAsync(
            "key", static (_, _) => new ValueTask<int>(9), Options with { Flags = HybridCacheEntryFlags.DisableLocalCacheWrite }));

        Assert.Equal(1, await LoadAsync());
        await _refreshed.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_refresh_whose_value_is_not_to_be_kept_is_not_repeated_by_every_reader()
    {
        var refreshes = 0;
        var hasBegun = NewSignal();
        var gate = new TaskCompletionSource<int>();
        ValueTask<int> Load() => _cache.GetOrCreateAsync(
            "key",
            (context, _) =>
            {
                Interlocked.Increment(ref refreshes);
                context.IsStored = false;
                hasBegun.TrySetResult();
                return new ValueTask<int>(gate.Task);
            },
            Options);
        await _cache.SetAsync("key", 1, Options);
        _time.Advance(TimeSpan.FromMinutes(8.1));
        Assert.Equal(1, await Load());
        await hasBegun.Task;

        // On the pool, where the load goes on inside it, so that it has ended here.
        await Task.Run(() => gate.SetResult(2));
        for (var turn = 0; turn < 10; turn++)
        {
            Assert.Equal(1, await Load());
            await QueuedRefreshesAsync();
        }

        Assert.Equal(1, Volatile.Read(ref refreshes));
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Refreshes go into the pool's common queue, which is served in order; a task of this thread's would overtake them.
    private static async Task QueuedRefreshesAsync()
    {
        for (var turn = 0; turn < 10; turn++)
        {
            var signal = NewSignal();
            ThreadPool.UnsafeQueueUserWorkItem(static signal => signal.SetResult(), signal, preferLocal: false);
            await signal.Task;
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Yield();
    }

    private Task<CacheEventArgs> NextEventAsync(CacheEventKind kind)
    {
        var next = new TaskCompletionSource<CacheEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        _cache.Happened += (_, happened) =>
        {
            if (happened.Kind == kind)
                next.TrySetResult(happened);
        };
        return next.Task;
    }

    private ValueTask<int> LoadAsync(Task? gate = null) => _cache.GetOrCreateAsync(
        "key",
        (test: this, gate),
        static async (state, context, _) =>
        {
            var value = Interlocked.Increment(ref state.test._loads);
            if (context.IsBackground)
            {
                state.test._seen = Ambient.Value ?? Activity.Current?.OperationName ?? "nothing";
                state.test._refreshed.TrySetResult();
            }

            await (state.gate ?? Task.CompletedTask);
            return state.test._failure is null ? value : throw state.test._failure;
        },
        Options);
}
