using System.Security.Cryptography;

namespace ProDev.Caching.Internal;

/// <summary>
/// Keeps the entries of all stores of a cache within one limit. Hits take no lock: they count up in their entry. Writers list
/// what they changed, and one of them at a time lets the <see cref="WindowTinyLfu">policy</see> catch up, for itself and for
/// those who come meanwhile. These do not wait, unless sixteen changes have piled up. So the entries may be over the limit for
/// a moment, by at most thirty-two and twice the number of concurrent writers. Nothing runs on a timer: without writes nothing
/// grows.
/// </summary>
internal sealed class EntryEviction
{
    private const int LooksPerChange = 2;
    private const int MostWaiting = 16;

    private readonly CacheClock _clock;
    private readonly ChangedEntries _changed = new();
    private readonly Lock _lock = new();

    public EntryEviction(ProDevCachingOptions options, CacheClock clock)
    {
        _clock = clock;
        Span<byte> seed = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(seed);
        Policy = new WindowTinyLfu(options.MaximumWeight ?? options.MaximumEntries, options.MaximumWeight is not null, BitConverter.ToUInt64(seed));
    }

    /// <summary>The policy, for checks while nobody writes.</summary>
    internal WindowTinyLfu Policy { get; }

    /// <summary>Lists an entry that was stored or removed. Waits for nothing, so it may be called under another lock.</summary>
    public void Changed(CacheEntry entry) => _changed.Add(entry);

    /// <summary>Lets the policy catch up with the changes. Not to be called under a lock that a store takes.</summary>
    public void CatchUp()
    {
        do
        {
            if (!_lock.TryEnter())
            {
                if (_changed.Count < MostWaiting)
                    return;
                _lock.Enter();
            }

            try
            {
                ApplyChanges();
            }
            finally
            {
                _lock.Exit();
            }

            // Whoever found the lock taken has listed its change before. The fence makes sure that it is seen here.
            Interlocked.MemoryBarrier();
        }
        while (_changed.Count > 0);
    }

    /// <summary>Catches up, and evicts all entries that are spent.</summary>
    public void SweepAll()
    {
        lock (_lock)
        {
            ApplyChanges();
            Policy.EvictSpent(_clock.Now);
        }

        CatchUp();
    }

    private void ApplyChanges()
    {
        var now = _clock.Now;
        var looks = LooksPerChange;
        _changed.TakeAll();
        for (; _changed.TryTake(out var entry); looks += LooksPerChange)
        {
            var isKnown = entry.Segment is not null;
            if (entry.IsRemoved && isKnown)
                entry.Segment!.Remove(entry);
            else if (!entry.IsRemoved && !isKnown)
                Policy.Add(entry, now);
        }

        for (; looks > 0; looks--)
            Policy.SweepNext(now);
    }
}
