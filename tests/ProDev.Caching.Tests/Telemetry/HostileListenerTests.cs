using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

/// <summary>Whoever watches a cache and fails, callers get their answers.</summary>
public sealed class HostileListenerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly CacheEntryOptions Options = new() { Expiration = TimeSpan.FromMinutes(1), FailSafeMaxDuration = TimeSpan.FromHours(1) };

    private readonly string _name = Guid.NewGuid().ToString();
    private readonly FakeTimeProvider _time = new();
    private readonly MeterListener _meters = new();
    private readonly ProDevHybridCache _cache;

    public HostileListenerTests() =>
        _cache = new ProDevHybridCache(new ProDevCachingOptions { MaximumEntries = 1, DefaultEntryOptions = Options }, new CacheParts { Name = _name, Time = _time, Logger = new HostileLogger() });

    [Fact]
    public async Task A_log_that_throws_leaves_nobody_waiting()
    {
        var many = new ProDevHybridCache(new ProDevCachingOptions(), new CacheParts { Time = _time, Logger = new HostileLogger() });
        await many.SetAsync("1", "old 1", Options);
        await many.SetAsync("2", "old 2", Options);
        _time.Advance(TimeSpan.FromMinutes(2));

        var found = await many.GetOrCreateManyAsync<int, string>(
            [1, 2], static id => $"{id}", static (_, _) => throw new InvalidOperationException("down"), Options).AsTask().WaitAsync(Patience);

        Assert.Equal(["old 1", "old 2"], found.Values);
    }

    [Fact]
    public async Task A_log_that_throws_does_not_take_the_stale_value_from_its_caller()
    {
        await _cache.SetAsync("key", 1);
        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(1, await _cache.GetOrCreateAsync<int>("key", static _ => throw new InvalidOperationException("down")));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, _cache.GetOrCreate<int, int>("key", 0, static (_, _) => throw new InvalidOperationException("down")));
    }

    [Fact]
    public async Task A_listener_to_measurements_that_throws_takes_no_value_from_its_caller()
    {
        _meters.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "ProDev.Caching")
                listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((_, _, tags, _) => Throw(tags));
        _meters.SetMeasurementEventCallback<double>((_, _, tags, _) => Throw(tags));
        _meters.Start();

        Assert.Equal(1, await LoadAsync("key", 1));
        Assert.Equal(1, await LoadAsync("key", 2));
        for (var turn = 0; turn < 100; turn++)
            Assert.Equal(turn, await LoadAsync($"key {turn}", turn));
        Assert.Equal(5, _cache.GetOrCreate("synchronous", 5, static (value, _) => value));
    }

    [Fact]
    public async Task A_listener_to_traces_that_throws_takes_no_value_from_its_caller()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "ProDev.Caching",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if ((string?)activity.GetTagItem("cache.name") == _name)
                    throw new InvalidOperationException("hostile");
            },
        };
        ActivitySource.AddActivityListener(listener);

        Assert.Equal(1, await LoadAsync("key", 1));
        Assert.Equal(5, _cache.GetOrCreate("synchronous", 5, static (value, _) => value));
    }

    public void Dispose() => _meters.Dispose();

    // Other tests measure at the same time.
    private void Throw(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (key, value) in tags)
        {
            if (key == "cache.name" && (string?)value == _name)
                throw new InvalidOperationException("hostile");
        }
    }

    private Task<int> LoadAsync(string key, int value) =>
        _cache.GetOrCreateAsync(key, value, static (value, _) => new ValueTask<int>(value)).AsTask().WaitAsync(Patience);

    private sealed class HostileLogger : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => throw new InvalidOperationException("hostile");

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("hostile");
    }
}
