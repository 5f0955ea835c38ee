using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace ProDev.Caching.Internal;

/// <summary>Values by key, each with the type it was stored as. A key read as another type is a miss, never a wrong value.</summary>
internal sealed partial class CacheStore<TKey> : ICacheStore
    where TKey : notnull
{
    private const int Stripes = 32;

    private readonly CacheCore _core;
    private readonly KeyFormat<TKey>? _format;
    private readonly FlightStripe<TKey>[] _stripes = new FlightStripe<TKey>[Stripes];

    /// <summary>Makes an empty store.</summary>
    /// <param name="core">What it shares with the other stores of its cache.</param>
    /// <param name="format">The text of its keys; null: the store stays in memory.</param>
    public CacheStore(CacheCore core, KeyFormat<TKey>? format)
    {
        _core = core;
        _format = format;
        for (var index = 0; index < Stripes; index++)
            _stripes[index] = new FlightStripe<TKey>();
        core.Stores.Add(this, format?.Region);
    }

    /// <summary>The entries, for lookups by another form of the key.</summary>
    public ConcurrentDictionary<TKey, CacheEntry> Entries { get; } = new();

    // A store whose keys have no text has no second level.
    private SecondLevel? SecondLevel => _format is null ? null : _core.SecondLevel;

    /// <summary>The hot path: an entry that can be served as it is.</summary>
    public bool TryHit<TValue>(TKey key, [MaybeNullWhen(false)] out CacheEntry<TKey, TValue> entry)
    {
        if (Entries.TryGetValue(key, out var found) && IsHit(found, out entry))
            return true;
        entry = null;
        return false;
    }

    public bool IsHit<TValue>(CacheEntry found, [MaybeNullWhen(false)] out CacheEntry<TKey, TValue> entry)
    {
        entry = found as CacheEntry<TKey, TValue>;
        if (entry is null || !entry.IsHit(_core.Clock.Now))
            return false;
        entry.MarkUsed();
        _core.Telemetry.Hit();
        return true;
    }

    /// <summary>Reads an entry that is fresh, and loads nothing.</summary>
    public bool TryRead<TValue>(TKey key, [MaybeNullWhen(false)] out CacheEntry<TKey, TValue> entry)
    {
        if (TryHit(key, out entry))
            return true;
        if (!Entries.TryGetValue(key, out var found) || found is not CacheEntry<TKey, TValue> typed || typed.Attend(_core.Clock.Now, mayRefresh: false) < EntryState.Fresh)
            return false;
        entry = typed;
        entry.MarkUsed();
        _core.Telemetry.Hit();
        return true;
    }

    /// <summary>Stores a value in memory. Loads of the key that are running will not overwrite it.</summary>
    public void Set<TValue>(TKey key, TValue value, in EntryPlan plan)
    {
        var keeps = plan.Settings.WritesLocal && !(value is null && plan.Settings.Nulls == NullCaching.Skip);
        var entry = keeps ? NewEntry(key, value, plan.Settings, Lifetime(value, plan.Settings), _core.Tags.Stamp(plan.Tags)) : null;
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
        _core.Telemetry.Raise(CacheEventKind.Set, key);
    }

    /// <summary>Removes a value. Loads of the key that are running complete for the callers they have and store nothing.</summary>
    public void Remove(TKey key)
    {
        bool wasThere;
        var stripe = StripeOf(key);
        lock (stripe.Lock)
        {
            stripe.UnlinkAll(key);
            wasThere = Drop(key);
        }

        _core.Eviction.Sweep();
        if (wasThere)
            _core.Telemetry.Raise(CacheEventKind.Removed, key);
    }

    /// <summary>Makes a value stale; without fail-safe that removes it. Loads of the key that are running store nothing.</summary>
    public void Expire(TKey key)
    {
        var stripe = StripeOf(key);
        lock (stripe.Lock)
        {
            stripe.UnlinkAll(key);
            if (!Entries.TryGetValue(key, out var entry))
                return;
            entry.Expire(_core.Clock.Now);
            if (!entry.IsAlive(_core.Clock.Now))
                Drop(key);
        }
    }

    public void RemoveWithAllTags(IReadOnlyCollection<string> tags)
    {
        foreach (var stripe in _stripes)
        {
            lock (stripe.Lock)
                stripe.UnlinkWhere(flight => flight.HasAllTags(tags));
        }

        foreach (var (key, entry) in Entries)
        {
            if (entry.Stamps.HaveAll(tags))
                Evict(key, entry);
        }
    }

    public void OnNotice(CacheNoticeKind kind, ReadOnlySpan<char> text)
    {
        if (_format?.TryReadKey(text, out var key) != true)
            return;
        if (kind == CacheNoticeKind.KeyExpired)
            Expire(key!);
        else
            Remove(key!);
    }

    public void Evict(TKey key, CacheEntry entry)
    {
        if (!Entries.TryRemove(KeyValuePair.Create(key, entry)))
            return;
        entry.MarkRemoved();
        _core.Eviction.Removed();
        _core.Telemetry.Raise(entry.IsAlive(_core.Clock.Now) ? CacheEventKind.Evicted : CacheEventKind.Expired, key);
    }

    private FlightStripe<TKey> StripeOf(TKey key) => _stripes[(uint)key.GetHashCode() % Stripes];

    private static TimeSpan Lifetime<TValue>(TValue value, EntrySettings settings) =>
        value is null && settings.NullExpiration < settings.LocalExpiration ? settings.NullExpiration.Value : settings.LocalExpiration;

    private CacheEntry<TKey, TValue> NewEntry<TValue>(TKey key, TValue value, EntrySettings settings, TimeSpan fresh, TagStamps stamps) =>
        new(this, key, value, EntryTimes.From(_core.Clock, settings, fresh, _core.Random), _core.Clock.Now, stamps);

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

    private bool Drop(TKey key)
    {
        if (!Entries.TryRemove(key, out var old))
            return false;
        old.MarkRemoved();
        _core.Eviction.Removed();
        return true;
    }

    private void Settle(CacheEntry? entry, bool replaced)
    {
        if (entry is not null)
            _core.Eviction.Added(entry, replaced);
    }
}
