using System.Collections.Concurrent;
using BenchmarkDotNet.Attributes;
using Castle.DynamicProxy;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using ZiggyCreatures.Caching.Fusion;

namespace ProDev.Caching.Benchmarks;

/// <summary>What does a hit cost that starts from a method call with the arguments (string, int)?</summary>
public class CacheHitBenchmarks
{
    // Names of their own: HybridCache keeps its entries in the same MemoryCache.
    private readonly string[] _memoryNames = [.. Hit.Names.Select(name => $"own-{name}")];
    private readonly ConcurrentDictionary<string, City> _dictionary = new(StringComparer.Ordinal);
    private readonly ServiceProvider _ours = Caches.ProDev();
    private readonly ServiceProvider _microsoft = Caches.Microsoft();
    private readonly ServiceProvider _fusion = Caches.Fusion();
    private readonly ICityCatalog _decorator;
    private readonly HybridCache _ourCache;
    private readonly HybridCache _hybridCache;
    private readonly IMemoryCache _memoryCache;
    private readonly IFusionCache _fusionCache;
    private readonly HandWrittenCatalog _handWritten;
    private readonly ICityCatalog _proxy;

    public CacheHitBenchmarks()
    {
        _decorator = _ours.GetRequiredService<ICityCatalog>();
        _ourCache = _ours.GetRequiredService<HybridCache>();
        _hybridCache = _microsoft.GetRequiredService<HybridCache>();
        _memoryCache = _microsoft.GetRequiredService<IMemoryCache>();
        _fusionCache = _fusion.GetRequiredService<IFusionCache>();
        _handWritten = new HandWrittenCatalog(new CityCatalog(), _hybridCache);
        _proxy = new ProxyGenerator().CreateInterfaceProxyWithTarget<ICityCatalog>(new CityCatalog(), new CachingInterceptor(_memoryCache));
    }

    [GlobalSetup]
    public async Task FillAsync()
    {
        for (var id = 0; id < Hit.Keys; id++)
        {
            var name = Hit.Names[id];
            var city = await _decorator.FindAsync(Hit.Country, id);
            _dictionary[name] = city;
            await _ourCache.SetAsync(name, city);
            await _hybridCache.SetAsync(name, city);
            _memoryCache.Set(_memoryNames[id], city, TimeSpan.FromHours(1));
            await _fusionCache.SetAsync(name, city);
            await _handWritten.FindAsync(Hit.Country, id);
            await _proxy.FindAsync(Hit.Country, id);
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _ours.Dispose();
        _microsoft.Dispose();
        _fusion.Dispose();
    }

    /// <summary>The floor: a lookup with a string that is there already. No expiration, no method call, no arguments.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Hit.Keys)]
    public int ConcurrentDictionary()
    {
        var sum = 0;
        foreach (var name in Hit.Names)
            sum += (_dictionary.TryGetValue(name, out var city) ? city : Hit.Missing<City>(name)).Id;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int Decorator() => Find(_decorator);

    /// <summary>Our HybridCache through the abstract class, with a string that is there already.</summary>
    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int ProDevHybridCache() => Get(_ourCache);

    /// <summary>Microsoft's HybridCache with a string that is there already: its best case.</summary>
    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int HybridCache() => Get(_hybridCache);

    /// <summary>A string that is there already, and no single flight.</summary>
    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int MemoryCache()
    {
        var sum = 0;
        foreach (var name in _memoryNames)
            sum += (_memoryCache.TryGetValue(name, out City? city) ? city! : Hit.Missing<City>(name)).Id;
        return sum;
    }

    /// <summary>A string that is there already.</summary>
    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int FusionCache()
    {
        var sum = 0;
        foreach (var name in Hit.Names)
            sum += Hit.Completed(_fusionCache.GetOrSetAsync<City>(name, Hit.UnexpectedTask)).Id;
        return sum;
    }

    /// <summary>Microsoft's HybridCache as it is used: the key is made from the arguments.</summary>
    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int HandWrittenDecorator() => Find(_handWritten);

    /// <summary>An interceptor over MemoryCache: what one attribute on a method costs without a generator.</summary>
    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int CastleProxy() => Find(_proxy);

    private static int Find(ICityCatalog catalog)
    {
        var sum = 0;
        for (var id = 0; id < Hit.Keys; id++)
            sum += Hit.Completed(catalog.FindAsync(Hit.Country, id)).Id;
        return sum;
    }

    private static int Get(HybridCache cache)
    {
        var sum = 0;
        foreach (var name in Hit.Names)
            sum += Hit.Completed(cache.GetOrCreateAsync(name, Hit.Unexpected<City>)).Id;
        return sum;
    }
}
