using System.Collections.Concurrent;

namespace ProDev.Caching.Internal;

/// <summary>
/// Keeps a cache within its number of entries. The policy is first in, first out, with a second chance:
/// 1. Every new entry joins the end of one queue, and every write then looks at two entries from its head.
/// 2. An entry that was removed or replaced leaves the queue; one that expired or was invalidated leaves the cache too.
/// 3. While the cache holds too many entries, the head is evicted; if it was read since its last turn, it goes to the end
///    instead. After sixteen such entries the next one is evicted in any case, so that a write never walks the whole queue.
/// Nothing runs on a timer: without writes nothing grows.
/// </summary>
internal sealed class EvictionQueue(int limit, CacheClock clock)
{
    private const int LooksPerWrite = 2;
    private const int MostSecondChances = 16;

    private readonly ConcurrentQueue<CacheEntry> _queue = new();
    private int _live;

    /// <summary>Entries in the stores.</summary>
    public int Live => Volatile.Read(ref _live);

    /// <summary>Entries in the queue, the removed ones included.</summary>
    internal int Length => _queue.Count;

    public void Added(CacheEntry entry, bool replaced)
    {
        if (!replaced)
            Interlocked.Increment(ref _live);
        _queue.Enqueue(entry);
        Sweep(LooksPerWrite);
    }

    public void Removed() => Interlocked.Decrement(ref _live);

    /// <summary>Looks at every entry once; what is no longer fresh goes.</summary>
    public void SweepAll() => Sweep(_queue.Count);

    /// <summary>Looks at the given number of entries, and at more while there are too many.</summary>
    public void Sweep(int looks = LooksPerWrite)
    {
        var now = clock.Now;
        for (var looked = 0; looked < looks || Live > limit; looked++)
        {
            if (!_queue.TryDequeue(out var entry))
                return;
            if (entry.IsRemoved)
                continue;
            if (!entry.IsAlive(now) || (Live > limit && (!entry.TakeSecondChance() || looked >= MostSecondChances)))
                entry.Evict();
            else
                _queue.Enqueue(entry);
        }
    }
}
