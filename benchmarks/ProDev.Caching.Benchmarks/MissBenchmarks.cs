using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Caching.Benchmarks;

/// <summary>
/// What does a miss cost whose factory answers at once? Each key is removed before it is loaded, so that nothing grows. The
/// removal is part of the figures; with our cache and Microsoft's it allocates nothing.
/// </summary>
public class MissBenchmarks
{
    private static readonly City Loaded = new(Hit.Country, 1, "City");

    private readonly ServiceProvider[] _providers = [Caches.ProDev(), Caches.Microsoft(), Caches.Fusion()];
    private readonly HybridCache _ours;
    private readonly HybridCache _microsoft;
    private readonly HybridCache _fusion;

    public MissBenchmarks()
    {
        var caches = Array.ConvertAll(_providers, p => p.GetRequiredService<HybridCache>());
        (_ours, _microsoft, _fusion) = (caches[0], caches[1], caches[2]);
    }

    [GlobalCleanup]
    public void Dispose() => Array.ForEach(_providers, p => p.Dispose());

    [Benchmark(Baseline = true, OperationsPerInvoke = Hit.Keys)]
    public int ProDevHybridCache() => Load(_ours);

    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int HybridCache() => Load(_microsoft);

    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int FusionHybridCache() => Load(_fusion);

    private static int Load(HybridCache cache)
    {
        var sum = 0;
        foreach (var name in Hit.Names)
        {
            var removal = cache.RemoveAsync(name);
            if (!removal.IsCompletedSuccessfully)
                throw new InvalidOperationException("A removal from memory completes at once.");
            removal.GetAwaiter().GetResult();
            sum += Hit.Completed(cache.GetOrCreateAsync(name, Loaded, static (city, _) => new ValueTask<City>(city))).Id;
        }

        return sum;
    }
}
