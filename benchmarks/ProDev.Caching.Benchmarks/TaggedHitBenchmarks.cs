using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using ZiggyCreatures.Caching.Fusion;

namespace ProDev.Caching.Benchmarks;

/// <summary>What do two tags cost when the entry that has them is hit?</summary>
public class TaggedHitBenchmarks
{
    private static readonly string[] Tags = [$"country:{Hit.Country}", "cities"];
    private static readonly string[] Untagged = [.. Hit.Names.Select(name => $"untagged-{name}")];

    private readonly ServiceProvider[] _providers = [Caches.ProDev(), Caches.Microsoft(), Caches.Fusion()];
    private readonly HybridCache _ours;
    private readonly HybridCache _microsoft;
    private readonly HybridCache _fusionAdapter;
    private readonly IFusionCache _fusion;

    public TaggedHitBenchmarks()
    {
        var caches = Array.ConvertAll(_providers, p => p.GetRequiredService<HybridCache>());
        (_ours, _microsoft, _fusionAdapter) = (caches[0], caches[1], caches[2]);
        _fusion = _providers[2].GetRequiredService<IFusionCache>();
    }

    [GlobalSetup]
    public async Task FillAsync()
    {
        for (var id = 0; id < Hit.Keys; id++)
        {
            foreach (var cache in new[] { _ours, _microsoft, _fusionAdapter })
            {
                var city = new City(Hit.Country, id, "City");
                await cache.SetAsync(Hit.Names[id], city, tags: Tags);
                await cache.SetAsync(Untagged[id], city);
            }
        }
    }

    [GlobalCleanup]
    public void Dispose() => Array.ForEach(_providers, p => p.Dispose());

    [Benchmark(Baseline = true, OperationsPerInvoke = Hit.Keys)]
    public int ProDevUntagged() => Get(_ours, Untagged, tags: null);

    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int ProDevHybridCache() => Get(_ours, Hit.Names, Tags);

    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int HybridCacheUntagged() => Get(_microsoft, Untagged, tags: null);

    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int HybridCache() => Get(_microsoft, Hit.Names, Tags);

    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int FusionHybridCache() => Get(_fusionAdapter, Hit.Names, Tags);

    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int FusionCache()
    {
        var sum = 0;
        foreach (var name in Hit.Names)
            sum += Hit.Completed(_fusion.GetOrSetAsync<City>(name, Hit.UnexpectedTask, tags: Tags)).Id;
        return sum;
    }

    private static int Get(HybridCache cache, string[] names, string[]? tags)
    {
        var sum = 0;
        foreach (var name in names)
            sum += Hit.Completed(cache.GetOrCreateAsync(name, Hit.Unexpected<City>, tags: tags)).Id;
        return sum;
    }
}
