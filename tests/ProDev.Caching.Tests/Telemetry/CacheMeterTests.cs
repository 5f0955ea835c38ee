using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;
using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class CacheMeterTests : IDisposable
{
    private readonly string _name = Guid.NewGuid().ToString();
    private readonly FakeTimeProvider _time = new();
    private readonly ProDevHybridCache _cache;
    private readonly MeterListener _listener = new();
    private readonly List<(string Instrument, string Outcome)> _measured = [];

    public CacheMeterTests()
    {
        _cache = new ProDevHybridCache(new ProDevCachingOptions(), new CacheParts { Name = _name, Time = _time });
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "ProDev.Caching")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Misses_loads_and_hits_are_counted_under_the_caches_name()
    {
        await _cache.GetOrCreateAsync("key", static _ => new ValueTask<int>(1));
        await _cache.GetOrCreateAsync("key", static _ => new ValueTask<int>(1));
        _cache.TryGet<int>("key", out _);

        Assert.Equal(
            [("prodev.cache.requests", "miss"), ("prodev.cache.load.duration", "success"), ("prodev.cache.requests", "hit"), ("prodev.cache.requests", "hit")],
            _measured);
    }

    [Fact]
    public async Task Each_of_many_counts_as_a_read()
    {
        await _cache.SetAsync("1", 1);

        await _cache.GetOrCreateManyAsync(
            [1, 2], static id => $"{id}", static (missing, _) => new ValueTask<IReadOnlyDictionary<int, int>>(missing.ToDictionary(id => id)));

        Assert.Equal([("prodev.cache.requests", "hit"), ("prodev.cache.requests", "miss"), ("prodev.cache.load.duration", "success")], _measured);
    }

    [Fact]
    public async Task A_failed_load_and_the_stale_value_in_its_place_are_counted()
    {
        var options = new CacheEntryOptions { Expiration = TimeSpan.FromMinutes(1), FailSafeMaxDuration = TimeSpan.FromHours(1) };
        await _cache.SetAsync("key", 1, options);
        _time.Advance(TimeSpan.FromMinutes(2));

        await _cache.GetOrCreateAsync<int>("key", static (_, _) => throw new InvalidOperationException("down"), options);

        Assert.Equal([("prodev.cache.requests", "miss"), ("prodev.cache.load.duration", "failure"), ("prodev.cache.requests", "stale")], _measured);
    }

    [Fact]
    public async Task A_load_is_traced_as_a_child_of_the_caller()
    {
        var stopped = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "ProDev.Caching",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if ((string?)activity.GetTagItem("cache.name") == _name)
                    stopped.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var caller = new Activity("caller").Start();

        await _cache.GetOrCreateAsync("key", static _ => new ValueTask<string?>(Activity.Current?.OperationName));

        var load = Assert.Single(stopped);
        Assert.Equal("cache.load", load.OperationName);
        Assert.Equal(caller.SpanId, load.ParentSpanId);
        Assert.Equal(ActivityStatusCode.Ok, load.Status);
        Assert.True(_cache.TryGet<string?>("key", out var current));
        Assert.Equal("cache.load", current);
    }

    private void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = string.Empty;
        var outcome = string.Empty;
        foreach (var (key, value) in tags)
        {
            if (key == "cache.name")
                name = (string?)value;
            else if (key == "cache.outcome")
                outcome = (string?)value;
        }

        // Other tests measure at the same time.
        if (name == _name)
            _measured.Add((instrument.Name, outcome!));
    }
}
