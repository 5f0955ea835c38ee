using System.Collections.Concurrent;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Caching.Benchmarks;

/// <summary>What does a hit cost that starts from a method call with the arguments (string, int)?</summary>
public class CacheHitBenchmarks
{
    private const int Keys = 1024;
    private const string Country = "tenant-a";

    private readonly string[] _names = [.. Enumerable.Range(0, Keys).Select(id => $"city:{Country}:{id}")];
    private readonly ConcurrentDictionary<string, City> _dictionary = new(StringComparer.Ordinal);
    private readonly ServiceProvider _ours;
    private readonly ServiceProvider _theirs;
    private readonly ICityCatalog _decorator;
    private readonly HybridCache _ourCache;
    private readonly HybridCache _hybridCache;
    private readonly HandWrittenCatalog _handWritten;

    public CacheHitBenchmarks()
    {
        var services = new ServiceCollection();
        services.AddProDevCaching(o => o.MaximumEntries = 4 * Keys);
        services.AddSingleton<ICityCatalog, CityCatalog>().DecorateWithCache<ICityCatalog>();
        _ours = services.BuildServiceProvider();
        _decorator = _ours.GetRequiredService<ICityCatalog>();
        _ourCache = _ours.GetRequiredService<HybridCache>();

        var theirs = new ServiceCollection();
        theirs.AddHybridCache(o => o.DefaultEntryOptions = new HybridCacheEntryOptions
        {
            Expiration = TimeSpan.FromHours(1),
            LocalCacheExpiration = TimeSpan.FromHours(1),
        });
        _theirs = theirs.BuildServiceProvider();
        _hybridCache = _theirs.GetRequiredService<HybridCache>();
        _handWritten = new HandWrittenCatalog(new CityCatalog(), _hybridCache);
    }

    [GlobalSetup]
    public async Task FillAsync()
    {
        for (var id = 0; id < Keys; id++)
        {
            var city = await _decorator.FindAsync(Country, id);
            _dictionary[_names[id]] = city;
            await _ourCache.SetAsync(_names[id], city);
            await _hybridCache.SetAsync(_names[id], city);
            await _handWritten.FindAsync(Country, id);
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _ours.Dispose();
        _theirs.Dispose();
    }

    /// <summary>The floor: a lookup with a string that is there already. No expiration, no method call, no arguments.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Keys)]
    public int ConcurrentDictionary()
    {
        var sum = 0;
        foreach (var name in _names)
            sum += _dictionary.TryGetValue(name, out var city) ? city.Id : Missing(name);
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Keys)]
    public int Decorator()
    {
        var sum = 0;
        for (var id = 0; id < Keys; id++)
            sum += Completed(_decorator.FindAsync(Country, id)).Id;
        return sum;
    }

    /// <summary>Our HybridCache through the abstract class, with a string that is there already.</summary>
    [Benchmark(OperationsPerInvoke = Keys)]
    public int ProDevHybridCache()
    {
        var sum = 0;
        foreach (var name in _names)
            sum += Completed(_ourCache.GetOrCreateAsync(name, Unexpected)).Id;
        return sum;
    }

    /// <summary>Microsoft's HybridCache with a string that is there already: its best case.</summary>
    [Benchmark(OperationsPerInvoke = Keys)]
    public int HybridCache()
    {
        var sum = 0;
        foreach (var name in _names)
            sum += Completed(_hybridCache.GetOrCreateAsync(name, Unexpected)).Id;
        return sum;
    }

    /// <summary>Microsoft's HybridCache as it is used: the key is made from the arguments.</summary>
    [Benchmark(OperationsPerInvoke = Keys)]
    public int HandWrittenDecorator()
    {
        var sum = 0;
        for (var id = 0; id < Keys; id++)
            sum += Completed(_handWritten.FindAsync(Country, id)).Id;
        return sum;
    }

    private static readonly Func<CancellationToken, ValueTask<City>> Unexpected =
        static _ => throw new InvalidOperationException("A hit was expected.");

    private static City Completed(ValueTask<City> task) =>
        task.IsCompletedSuccessfully ? task.Result : throw new InvalidOperationException("A hit completes at once.");

    private static int Missing(string key) => throw new InvalidOperationException($"The key \"{key}\" is missing.");
}
