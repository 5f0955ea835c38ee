using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace ProDev.Caching.Internal;

/// <summary>Values by key, each with the type it was stored as. A key read as another type is a miss, never a wrong value.</summary>
internal sealed partial class CacheStore<TKey>
    where TKey : notnull
{
    private const int Stripes = 32;

    private readonly CacheCore _core;
    private readonly FlightStripe<TKey>[] _stripes = new FlightStripe<TKey>[Stripes];

    public CacheStore(CacheCore core)
    {
        _core = core;
        for (var index = 0; index < Stripes; index++)
            _stripes[index] = new FlightStripe<TKey>();
    }

    /// <summary>The entries, for lookups by another form of the key.</summary>
    public ConcurrentDictionary<TKey, CacheEntry> Entries { get; } = new();

    public bool TryGet<TValue>(TKey key, [MaybeNullWhen(false)] out CacheEntry<TKey, TValue> entry)
    {
        if (Entries.TryGetValue(key, out var found) && IsHit(found, out entry))
            return true;
        entry = null;
        return false;
    }

    public bool IsHit<TValue>(CacheEntry found, [MaybeNullWhen(false)] out CacheEntry<TKey, TValue> entry)
    {
        entry = found as CacheEntry<TKey, TValue>;
        if (entry is null || !entry.IsFresh(_core.Clock.Now))
            return false;
        entry.MarkUsed();
        return true;
    }

    /// <summary>Stores a value. Loads of the key that are running will not overwrite it.</summary>
    public void Set<TValue>(TKey key, TValue value, in EntryPlan plan)
    {
        var entry = plan.Settings.WritesLocal ? NewEntry(key, value, plan.Settings.LocalExpiration, _core.Tags.Stamp(plan.Tags)) : null;
        var replaced = false;
        var stripe = StripeOf(key);
        lock (stripe.Lock)
        {
            stripe.UnlinkAll(key);
            if (entry is not null)
                replaced = Put(key, entry);
            else
                Drop(key);
        }

        Settle(entry, replaced);
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

        _core.Eviction.Sweep();
    }

    public void Evict(TKey key, CacheEntry entry)
    {
        if (!Entries.TryRemove(KeyValuePair.Create(key, entry)))
            return;
        entry.MarkRemoved();
        _core.Eviction.Removed();
    }

    private FlightStripe<TKey> StripeOf(TKey key) => _stripes[(uint)key.GetHashCode() % Stripes];

    private CacheEntry<TKey, TValue> NewEntry<TValue>(TKey key, TValue value, TimeSpan lifetime, TagStamps stamps) =>
        new(this, key, value, _core.Clock.After(lifetime), stamps);

    // Under the stripe's lock only eviction competes, and it takes nothing but the very entry it has seen.
    private bool Put(TKey key, CacheEntry entry)
    {
        while (true)
        {
            if (Entries.TryGetValue(key, out var old))
            {
                if (!Entries.TryUpdate(key, entry, old))
                    continue;
                old.MarkRemoved();
                return true;
            }

            if (Entries.TryAdd(key, entry))
                return false;
        }
    }

    private void Drop(TKey key)
    {
        if (!Entries.TryRemove(key, out var old))
            return;
        old.MarkRemoved();
        _core.Eviction.Removed();
    }

    private void Settle(CacheEntry? entry, bool replaced)
    {
        if (entry is not null)
            _core.Eviction.Added(entry, replaced);
    }
}
