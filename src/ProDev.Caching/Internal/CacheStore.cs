using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ProDev.Caching.Internal;

/// <summary>Values by key, each with the type it was stored as. A key read as another type is a miss, never a wrong value.</summary>
internal sealed partial class CacheStore<TKey>
    where TKey : notnull
{
    private const int Stripes = 32;

    private readonly CacheCore _core;
    private readonly CacheClock _clock;
    private readonly FlightStripe<TKey>[] _stripes = new FlightStripe<TKey>[Stripes];

    public CacheStore(CacheCore core)
    {
        _core = core;
        _clock = core.Clock;
        for (var index = 0; index < Stripes; index++)
            _stripes[index] = new FlightStripe<TKey>();
    }

    /// <summary>The entries, for lookups by another form of the key.</summary>
    public ConcurrentDictionary<TKey, CacheEntry> Entries { get; } = new();

    public bool TryGet<TValue>(TKey key, [MaybeNullWhen(false)] out CacheEntry<TKey, TValue> entry)
    {
        // Reading the clock is half of a hit. Before the lookup of a string it takes a tenth off the whole; before that of a
        // struct, which has to be kept in memory meanwhile, it adds a fifth.
        var early = typeof(TKey).IsValueType ? 0 : _clock.Now;
        if (Entries.TryGetValue(key, out var found) && IsHit(found, typeof(TKey).IsValueType ? _clock.Now : early, out entry))
            return true;
        entry = null;
        return false;
    }

    public bool IsHit<TValue>(CacheEntry found, [MaybeNullWhen(false)] out CacheEntry<TKey, TValue> entry) =>
        IsHit(found, _clock.Now, out entry);

    private static bool IsHit<TValue>(CacheEntry found, long now, [MaybeNullWhen(false)] out CacheEntry<TKey, TValue> entry)
    {
        entry = found as CacheEntry<TKey, TValue>;
        if (entry is null || !entry.IsFresh(now))
            return false;
        entry.MarkUsed();
        return true;
    }

    /// <summary>Stores a value. Loads of the key that are running will not overwrite it.</summary>
    public void Set<TValue>(TKey key, TValue value, in EntryPlan plan)
    {
        var entry = plan.Writes ? NewEntry(key, value, plan.Lifetime, _core.Tags.Stamp(plan.Tags)) : null;
        var stripe = StripeOf(key);
        lock (stripe.Lock)
        {
            stripe.UnlinkAll(key);
            if (entry is not null)
                Put(key, entry);
            else
                Drop(key);
        }

        _core.Eviction.CatchUp();
    }

    /// <summary>Removes a value. Loads of the key that are running complete for the callers they have and store nothing.</summary>
    public void Remove(TKey key)
    {
        var stripe = StripeOf(key);
        lock (stripe.Lock)
        {
            stripe.UnlinkAll(key);
            Drop(key);
        }

        _core.Eviction.CatchUp();
    }

    public void Evict(TKey key, CacheEntry entry)
    {
        // When it is not there, another has taken or replaced it and marks it.
        if (Entries.TryRemove(KeyValuePair.Create(key, entry)))
            entry.MarkRemoved();
    }

    private FlightStripe<TKey> StripeOf(TKey key) => _stripes[(uint)key.GetHashCode() % Stripes];

    private CacheEntry<TKey, TValue> NewEntry<TValue>(TKey key, TValue value, TimeSpan lifetime, TagStamps stamps) =>
        new(this, key, value, _core.Clock.After(lifetime), stamps) { Hash = key.GetHashCode() ^ RuntimeHelpers.GetHashCode(this) };

    // Under the stripe's lock only eviction competes, and it takes nothing but the very entry it has seen. Eviction hears of
    // every entry here, under the lock, and is let to work when the lock has been left.
    private void Put(TKey key, CacheEntry entry)
    {
        while (true)
        {
            if (Entries.TryGetValue(key, out var old))
            {
                if (!Entries.TryUpdate(key, entry, old))
                    continue;
                Removed(old);
                break;
            }

            if (Entries.TryAdd(key, entry))
                break;
        }

        _core.Eviction.Changed(entry);
    }

    private void Drop(TKey key)
    {
        if (Entries.TryRemove(key, out var old))
            Removed(old);
    }

    private void Removed(CacheEntry entry)
    {
        entry.MarkRemoved();
        _core.Eviction.Changed(entry);
    }
}
