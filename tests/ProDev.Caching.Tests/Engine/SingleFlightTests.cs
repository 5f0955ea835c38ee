using Microsoft.Extensions.Caching.Hybrid;

namespace ProDev.Caching.Tests;

public sealed class SingleFlightTests
{
    private readonly ProDevHybridCache _cache = new();
    private readonly TaskCompletionSource<int> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _loads;

    [Fact]
    public async Task A_thousand_callers_share_one_load()
    {
        var callers = Enumerable.Range(0, 1000).Select(_ => LoadAsync()).ToArray();
        _source.SetResult(7);

        Assert.All(await Task.WhenAll(callers), value => Assert.Equal(7, value));
        Assert.Equal(1, _loads);
    }

    [Fact]
    public async Task Callers_of_another_type_load_their_own_value()
    {
        var number = LoadAsync();
        var text = await _cache.GetOrCreateAsync("key", static _ => new ValueTask<string>("text"));
        _source.SetResult(7);

        Assert.Equal("text", text);
        Assert.Equal(7, await number);
        Assert.Equal(1, _loads);
    }

    [Fact]
    public async Task Callers_with_other_flags_load_apart()
    {
        var stored = LoadAsync();
        var unstored = LoadAsync(new HybridCacheEntryOptions { Flags = HybridCacheEntryFlags.DisableLocalCacheWrite });
        _source.SetResult(7);

        await Task.WhenAll(stored, unstored);

        Assert.Equal(2, _loads);
        Assert.True(_cache.TryGet<int>("key", out _));
    }

    [Fact]
    public async Task All_callers_get_the_exception_and_the_next_one_loads_again()
    {
        var callers = Enumerable.Range(0, 3).Select(_ => LoadAsync()).ToArray();
        var fault = new InvalidDataException("The source is broken.");
        _source.SetException(fault);

        foreach (var caller in callers)
            Assert.Same(fault, await Assert.ThrowsAsync<InvalidDataException>(() => caller));
        await Assert.ThrowsAsync<InvalidDataException>(() => LoadAsync());
        Assert.Equal(2, _loads);
    }

    [Fact]
    public async Task The_next_caller_loads_when_the_factory_threw_at_once()
    {
        var fault = await Assert.ThrowsAsync<InvalidDataException>(async () =>
            await _cache.GetOrCreateAsync<int>("key", static _ => throw new InvalidDataException("At once.")));

        Assert.Equal("At once.", fault.Message);
        Assert.Equal(1, await _cache.GetOrCreateAsync("key", static _ => new ValueTask<int>(1)));
    }

    [Fact]
    public async Task The_next_caller_loads_when_the_factory_made_a_value_task_of_no_task()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(async () =>
            await _cache.GetOrCreateAsync("key", static _ => new ValueTask<int>((Task<int>)null!)));

        Assert.Equal(1, await _cache.GetOrCreateAsync("key", static _ => new ValueTask<int>(1)));
    }

    [Fact]
    public async Task The_factory_runs_in_the_first_callers_execution_context()
    {
        var ambient = new AsyncLocal<string> { Value = "first" };
        using var cancellation = new CancellationTokenSource();

        var seen = await _cache.GetOrCreateAsync("key", ambient, static (ambient, _) => new ValueTask<string?>(ambient.Value), cancellationToken: cancellation.Token);

        Assert.Equal("first", seen);
    }

    private Task<int> LoadAsync(HybridCacheEntryOptions? options = null) => _cache.GetOrCreateAsync(
        "key",
        this,
        static (self, _) =>
        {
            Interlocked.Increment(ref self._loads);
            return new ValueTask<int>(self._source.Task);
        },
        options).AsTask();
}
