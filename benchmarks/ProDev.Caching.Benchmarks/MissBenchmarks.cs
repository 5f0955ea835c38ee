using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Caching.Benchmarks;

/// <summary>
/// What does a miss cost whose factory answers at once? Each key is removed before it is loaded, so that nothing grows. The
/// removal is part of the figures; with our cache and Microsoft's it allocates nothing. Text is apart: HybridCache measures
/// the size of any other value by writing it as JSON.
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
    public int ProDevHybridCache() => Load(_ours, Loaded);

    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int HybridCache() => Load(_microsoft, Loaded);

    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int FusionHybridCache() => Load(_fusion, Loaded);

    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int ProDevHybridCacheOfText() => Load(_ours, Loaded.Name);

    [Benchmark(OperationsPerInvoke = Hit.Keys)]
    public int HybridCacheOfText() => Load(_microsoft, Loaded.Name);

    private static int Load<T>(HybridCache cache, T loaded)
        where T : class
    {
        var same = 0;
        foreach (var name in Hit.Names)
        {
            var removal = cache.RemoveAsync(name);
            if (!removal.IsCompletedSuccessfully)
                throw new InvalidOperationException("A removal from memory completes at once.");
            removal.GetAwaiter().GetResult();
            var value = Hit.Completed(cache.GetOrCreateAsync(name, loaded, static (value, _) => new ValueTask<T>(value)));
            same += ReferenceEquals(value, loaded) ? 1 : 0;
        }

        return same;
    }
}
