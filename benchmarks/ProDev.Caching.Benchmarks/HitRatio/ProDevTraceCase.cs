using ProDev.Benchmarks;

namespace ProDev.Caching.Benchmarks;

/// <summary>Ours, bounded by count.</summary>
public sealed class ProDevTraceCase(int capacity) : TraceCase("ProDev")
{
    private readonly ProDevHybridCache _cache = new(new ProDevCachingOptions { MaximumEntries = capacity, DefaultEntryOptions = { Expiration = TimeSpan.MaxValue } });

    public override bool Access(string key)
    {
        if (_cache.TryGet<string>(key, out _))
            return true;
        var stored = _cache.SetAsync(key, key);
        return stored.IsCompletedSuccessfully ? false : throw new InvalidOperationException("A write in memory completes at once.");
    }
}
