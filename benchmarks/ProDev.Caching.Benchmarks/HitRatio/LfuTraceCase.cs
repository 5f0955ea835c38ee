using BitFaster.Caching.Lfu;
using BitFaster.Caching.Scheduler;
using ProDev.Benchmarks;

namespace ProDev.Caching.Benchmarks;

/// <summary>BitFaster's ConcurrentLfu. Its maintenance runs on this thread, so that every run gives the same figure.</summary>
public sealed class LfuTraceCase(int capacity) : TraceCase("ConcurrentLfu")
{
    private readonly ConcurrentLfu<string, string> _cache = new(1, capacity, new ForegroundScheduler(), StringComparer.Ordinal);

    public override bool Access(string key)
    {
        if (_cache.TryGet(key, out _))
            return true;
        _cache.AddOrUpdate(key, key);
        return false;
    }
}
