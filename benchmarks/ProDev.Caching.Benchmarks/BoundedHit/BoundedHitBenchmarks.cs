using System.Collections.Concurrent;
using BenchmarkDotNet.Attributes;
using BitFaster.Caching.Lfu;
using BitFaster.Caching.Lru;

namespace ProDev.Caching.Benchmarks;

/// <summary>What does a hit cost in a cache that is bounded, with a string that is there already?</summary>
public class BoundedHitBenchmarks
{
    private const int Keys = 1024;
    private const int Capacity = 4 * Keys;

    private readonly string[] _names = [.. Enumerable.Range(0, Keys).Select(id => $"city:tenant-a:{id}")];
    private readonly ConcurrentDictionary<string, City> _dictionary = new(StringComparer.Ordinal);
    private readonly FastConcurrentLru<string, City> _fastLru = new(Environment.ProcessorCount, Capacity, StringComparer.Ordinal);
    private readonly ConcurrentLru<string, City> _lru = new(Environment.ProcessorCount, Capacity, StringComparer.Ordinal);
    private readonly ConcurrentTLru<string, City> _expiringLru =
        new(Environment.ProcessorCount, Capacity, StringComparer.Ordinal, TimeSpan.FromHours(1));
    private readonly ConcurrentLfu<string, City> _lfu = new(Capacity);
    private readonly ProDevHybridCache _ours = new(new ProDevCachingOptions { MaximumEntries = Capacity, DefaultEntryOptions = { Expiration = TimeSpan.FromHours(1) } });

    [GlobalSetup]
    public async Task FillAsync()
    {
        for (var id = 0; id < Keys; id++)
        {
            var city = new City("tenant-a", id, _names[id]);
            _dictionary[_names[id]] = city;
            _fastLru.AddOrUpdate(_names[id], city);
            _lru.AddOrUpdate(_names[id], city);
            _expiringLru.AddOrUpdate(_names[id], city);
            _lfu.AddOrUpdate(_names[id], city);
            await _ours.SetAsync(_names[id], city);
        }
    }

    /// <summary>The floor, which is not bounded.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Keys)]
    public int ConcurrentDictionary()
    {
        var sum = 0;
        foreach (var name in _names)
            sum += _dictionary.TryGetValue(name, out var city) ? city.Id : Missing(name);
        return sum;
    }

    /// <summary>Without counts of hits and misses.</summary>
    [Benchmark(OperationsPerInvoke = Keys)]
    public int FastConcurrentLru()
    {
        var sum = 0;
        foreach (var name in _names)
            sum += _fastLru.TryGet(name, out var city) ? city.Id : Missing(name);
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Keys)]
    public int ConcurrentLru()
    {
        var sum = 0;
        foreach (var name in _names)
            sum += _lru.TryGet(name, out var city) ? city.Id : Missing(name);
        return sum;
    }

    /// <summary>With expiration, as ours.</summary>
    [Benchmark(OperationsPerInvoke = Keys)]
    public int ConcurrentTLru()
    {
        var sum = 0;
        foreach (var name in _names)
            sum += _expiringLru.TryGet(name, out var city) ? city.Id : Missing(name);
        return sum;
    }

    /// <summary>With maintenance on another thread, as it is by default.</summary>
    [Benchmark(OperationsPerInvoke = Keys)]
    public int ConcurrentLfu()
    {
        var sum = 0;
        foreach (var name in _names)
            sum += _lfu.TryGet(name, out var city) ? city.Id : Missing(name);
        return sum;
    }

    /// <summary>Ours: expiration, the type of the value and invalidation by tag are checked, too.</summary>
    [Benchmark(OperationsPerInvoke = Keys)]
    public int ProDev()
    {
        var sum = 0;
        foreach (var name in _names)
            sum += _ours.TryGet<City>(name, out var city) ? city.Id : Missing(name);
        return sum;
    }

    private static int Missing(string key) => throw new InvalidOperationException($"The key \"{key}\" is missing.");
}
