using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Caching.Benchmarks;

/// <summary>What does a hit cost whose key is an interpolated string, on caches that share one abstract class?</summary>
public class InterpolatedHitBenchmarks
{
    private readonly ServiceProvider[] _providers = [Caches.ProDev(), Caches.Microsoft(), Caches.Fusion()];
    private readonly HybridCache _ours;
    private readonly HybridCache _microsoft;
    private readonly HybridCache _fusion;

    public InterpolatedHitBenchmarks()
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
                await cache.SetAsync(Hit.Names[id], new City(Hit.Country, id, "City"));
        }
    }

    [GlobalCleanup]
    public void Dispose() => Array.ForEach(_providers, p => p.Dispose());

    [Benchmark(Baseline = true, OperationsPerInvoke = Hit.Keys)]
    public int ProDevHybridCache() => Get(_ours);

    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int HybridCache() => Get(_microsoft);

    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int FusionHybridCache() => Get(_fusion);

    private static int Get(HybridCache cache)
    {
        var sum = 0;
        for (var id = 0; id < Hit.Keys; id++)
            sum += Hit.Completed(cache.GetOrCreateAsync($"city:{Hit.Country}:{id}", Hit.Unexpected<City>)).Id;
        return sum;
    }
}
