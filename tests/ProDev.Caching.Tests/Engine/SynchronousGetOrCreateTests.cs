namespace ProDev.Caching.Tests;

public sealed class SynchronousGetOrCreateTests
{
    private readonly ProDevHybridCache _cache = new();

    [Fact]
    public void A_value_is_loaded_once_and_then_read()
    {
        var loads = 0;

        Assert.Equal("value", _cache.GetOrCreate("key", 0, (_, _) => $"value{++loads - 1}"[..5]));
        Assert.Equal("value", _cache.GetOrCreate("key", 0, (_, _) => $"value{++loads - 1}"[..5]));
        Assert.Equal(1, loads);
    }

    [Fact]
    public async Task It_shares_values_with_the_asynchronous_form()
    {
        _cache.GetOrCreate("key", 0, static (_, _) => 1);

        Assert.Equal(1, await _cache.GetOrCreateAsync("key", static _ => new ValueTask<int>(2)));
    }

    [Fact]
    public async Task It_joins_a_running_asynchronous_load()
    {
        var source = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var load = _cache.GetOrCreateAsync("key", source, static (source, _) => new ValueTask<int>(source.Task)).AsTask();
        var joined = Task.Run(() => _cache.GetOrCreate<int, int>("key", 0, static (_, _) => throw new InvalidOperationException("was run")));

        source.SetResult(7);

        Assert.Equal(7, await load);
        Assert.Equal(7, await joined);
    }

    [Fact]
    public void A_failure_reaches_the_caller_and_is_not_kept()
    {
        Assert.Throws<InvalidOperationException>(() => _cache.GetOrCreate<int, int>("key", 0, static (_, _) => throw new InvalidOperationException("down")));

        Assert.Equal(1, _cache.GetOrCreate("key", 0, static (_, _) => 1));
    }

    [Fact]
    public void Asking_for_its_own_key_is_an_error_and_no_endless_wait()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => _cache.GetOrCreate("key", _cache, static (cache, token) => cache.GetOrCreate("key", 0, static (_, _) => 1, cancellationToken: token)));

        Assert.Contains("'key'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_caller_runs_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Assert.Equal(
            cancellation.Token,
            Assert.Throws<OperationCanceledException>(
                () => _cache.GetOrCreate<int, int>("key", 0, static (_, _) => throw new InvalidOperationException("was run"), cancellationToken: cancellation.Token)).CancellationToken);
    }

    [Fact]
    public void Without_underlying_data_a_miss_answers_default()
    {
        var options = new CacheEntryOptions { Flags = Microsoft.Extensions.Caching.Hybrid.HybridCacheEntryFlags.DisableUnderlyingData };

        Assert.Equal(0, _cache.GetOrCreate("key", 0, static (_, _) => 1, options));
    }
}
