using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Caching.Benchmarks;

/// <summary>What does a hit cost on a record with init-only members and no attribute?</summary>
public class ImmutableHitBenchmarks
{
    private readonly ServiceProvider[] _providers = [Caches.ProDev(), Caches.Microsoft(), Caches.Fusion()];
    private readonly HybridCache _ours;
    private readonly HybridCache _microsoft;
    private readonly HybridCache _fusion;

    public ImmutableHitBenchmarks()
    {
        var caches = Array.ConvertAll(_providers, p => p.GetRequiredService<HybridCache>());
        (_ours, _microsoft, _fusion) = (caches[0], caches[1], caches[2]);
    }

    [GlobalSetup]
    public async Task FillAsync()
    {
        for (var id = 0; id < Hit.Keys; id++)
        {
            foreach (var cache in new[] { _ours, _microsoft, _fusion })
                await cache.SetAsync(Hit.Names[id], new Place { Country = Hit.Country, Id = id, Name = $"Place {id}" });
        }
    }

    [GlobalCleanup]
    public void Dispose() => Array.ForEach(_providers, p => p.Dispose());

    [Benchmark(Baseline = true, OperationsPerInvoke = Hit.Keys)]
    public int ProDevHybridCache() => Get(_ours);

    /// <summary>Reads its JSON on each hit.</summary>
    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int HybridCache() => Get(_microsoft);

    /// <summary>Shares the object, whatever it is.</summary>
    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int FusionHybridCache() => Get(_fusion);

    private static int Get(HybridCache cache)
    {
        var sum = 0;
        foreach (var name in Hit.Names)
            sum += Hit.Completed(cache.GetOrCreateAsync(name, Hit.Unexpected<Place>)).Id;
        return sum;
    }
}
