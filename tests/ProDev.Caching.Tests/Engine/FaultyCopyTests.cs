using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class FaultyCopyTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly CacheEntryOptions Options = new()
    {
        Expiration = TimeSpan.FromMinutes(1),
        FailSafeMaxDuration = TimeSpan.FromHours(1),
        Isolation = ValueIsolation.Copy,
    };

    private readonly FakeTimeProvider _time = new();
    private readonly Box.Serializer _serializer = new();
    private readonly ServiceProvider _services;
    private readonly ProDevHybridCache _cache;

    public FaultyCopyTests()
    {
        _services = _serializer.Services();
        _cache = new ProDevHybridCache(
            new ProDevCachingOptions { DefaultEntryOptions = Options }, new CacheParts { Time = _time, Serializers = new CacheSerializers(_services, null, "default", NullLogger.Instance) });
    }

    [Fact]
    public async Task Whoever_loads_and_whoever_waits_get_a_stale_value_each()
    {
        using var loading = new ManualResetEventSlim();
        using var fail = new ManualResetEventSlim();
        await StoreStaleAsync();
        var starter = Task.Run(() => _cache.GetOrCreateAsync<Box>(
            "key",
            _ =>
            {
                loading.Set();
                fail.Wait(Patience, CancellationToken.None);
                throw new InvalidOperationException("down");
            }).AsTask());
        Assert.True(loading.Wait(Patience));
        var joined = LoadAsync(new TaskCompletionSource<Box>());

        fail.Set();

        Assert.NotSame(await starter, await joined);
    }

    [Fact]
    public async Task Whoever_loads_synchronously_and_whoever_waits_get_a_stale_value_each()
    {
        using var loading = new ManualResetEventSlim();
        using var fail = new ManualResetEventSlim();
        await StoreStaleAsync();
        var starter = Task.Run(() => _cache.GetOrCreate<int, Box>(
            "key",
            0,
            (_, _) =>
            {
                loading.Set();
                fail.Wait(Patience, CancellationToken.None);
                throw new InvalidOperationException("down");
            },
            Options));
        Assert.True(loading.Wait(Patience));
        var joined = LoadAsync(new TaskCompletionSource<Box>());

        fail.Set();

        Assert.NotSame(await starter, await joined);
    }

    [Fact]
    public async Task A_stale_value_that_cannot_be_copied_leaves_the_failure_of_the_load()
    {
        var failure = new InvalidOperationException("down");
        var source = new TaskCompletionSource<Box>();
        await StoreStaleAsync();
        _serializer.FailsToRead = true;
        var loading = _cache.GetOrCreateAsync("key", source, static (source, _) => new ValueTask<Box>(source.Task)).AsTask();

        source.SetException(failure);

        Assert.Same(failure, await Assert.ThrowsAsync<InvalidOperationException>(() => loading.WaitAsync(Patience)));
    }

    [Fact]
    public async Task One_value_of_many_that_cannot_be_copied_does_not_concern_the_others()
    {
        var source = new TaskCompletionSource<IReadOnlyDictionary<int, Box>>();
        _serializer.FailsToWrite = static text => text == "1";
        var many = _cache.GetOrCreateManyAsync([1, 2], static id => $"{id}", (_, _) => new ValueTask<IReadOnlyDictionary<int, Box>>(source.Task), Options).AsTask();
        var single = _cache.GetOrCreateAsync<Box>("2", static (_, _) => throw new InvalidOperationException("was run"), Options).AsTask();

        source.SetResult(new Dictionary<int, Box> { [1] = new() { Text = "1" }, [2] = new() { Text = "2" } });

        await Assert.ThrowsAsync<InvalidDataException>(() => many.WaitAsync(Patience));
        Assert.Equal("2", (await single.WaitAsync(Patience)).Text);
        Assert.True(_cache.TryGet<Box>("2", out _));
        Assert.False(_cache.TryGet<Box>("1", out _));
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task StoreStaleAsync()
    {
        await _cache.SetAsync("key", new Box { Text = "old" }, Options);
        _time.Advance(TimeSpan.FromMinutes(2));
    }

    private Task<Box> LoadAsync(TaskCompletionSource<Box> source) =>
        _cache.GetOrCreateAsync("key", source, static (source, _, _) => new ValueTask<Box>(source.Task), Options).AsTask();
}
