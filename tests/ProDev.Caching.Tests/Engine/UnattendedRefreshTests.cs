using Microsoft.Extensions.Time.Testing;

namespace ProDev.Caching.Tests;

public sealed class UnattendedRefreshTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new();
    private readonly ProDevHybridCache _cache;

    public UnattendedRefreshTests() => _cache = new ProDevHybridCache(
        new ProDevCachingOptions { DefaultEntryOptions = { Expiration = TimeSpan.FromMinutes(10), EagerRefreshThreshold = 0.5 } }, _time);

    [Fact]
    public async Task Tags_that_cannot_be_read_leave_the_refresh_to_the_next_reader()
    {
        await _cache.SetAsync("key", 1);
        _time.Advance(TimeSpan.FromMinutes(6));
        await Assert.ThrowsAsync<ArgumentException>(() => _cache.GetOrCreateAsync("key", static _ => new ValueTask<int>(2), tags: [""]).AsTask());
        var refreshed = new TaskCompletionSource();

        Assert.Equal(1, await _cache.GetOrCreateAsync("key", _ =>
        {
            refreshed.SetResult();
            return new ValueTask<int>(3);
        }));

        await refreshed.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_synchronous_refresh_that_asks_for_its_own_expired_key_is_told_so_and_does_not_hang()
    {
        var outcome = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _cache.SetAsync("key", 1);
        _time.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal(1, _cache.GetOrCreate("key", this, (test, _) =>
        {
            test._time.Advance(TimeSpan.FromMinutes(5));
            outcome.SetResult(Record.Exception(() => test._cache.GetOrCreate("key", 0, static (_, _) => 2)));
            return 3;
        }));

        Assert.IsType<InvalidOperationException>(await outcome.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_method_that_never_runs_without_its_caller_is_not_refreshed_after_its_result_was_put()
    {
        var method = CachedMethods.Create<int, string>("Catalog.Describe", _cache);
        var loads = 0;
        var failures = 0;
        _cache.Happened += (_, happened) => Interlocked.Add(ref failures, happened.Kind == CacheEventKind.LoadFailed ? 1 : 0);
        string Load(string value)
        {
            Interlocked.Increment(ref loads);
            return value;
        }

        method.Set(1, "put", tags: null);
        method.Set(2, "put", tags: null);
        _time.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal("put", method.Load(1, "loaded", (value, _) => Load(value), tags: null, default));
        Assert.Equal("put", await method.LoadAsync(2, "loaded", (value, _) => new ValueTask<string>(Load(value)), rescope: null, tags: null, default));

        await QueuedRefreshesAsync();
        Assert.Equal((0, 0), (Volatile.Read(ref loads), Volatile.Read(ref failures)));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("loaded", method.Load(1, "loaded", (value, _) => Load(value), tags: null, default));
    }

    // Refreshes go into the pool's common queue, which is served in order; a task of this thread's would overtake them.
    private static async Task QueuedRefreshesAsync()
    {
        for (var turn = 0; turn < 10; turn++)
        {
            var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ThreadPool.UnsafeQueueUserWorkItem(static signal => signal.SetResult(), signal, preferLocal: false);
            await signal.Task;
        }
    }
}
