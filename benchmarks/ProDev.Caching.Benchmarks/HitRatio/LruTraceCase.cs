using BitFaster.Caching.Lru;
using ProDev.Benchmarks;

namespace ProDev.Caching.Benchmarks;

/// <summary>BitFaster's ConcurrentLru.</summary>
public sealed class LruTraceCase(int capacity) : TraceCase("ConcurrentLru")
{
    private readonly ConcurrentLru<string, string> _cache = new(1, capacity, StringComparer.Ordinal);

    public override bool Access(string key)
    {
        if (_cache.TryGet(key, out _))
            return true;
        _cache.AddOrUpdate(key, key);
        return false;
    }
}
