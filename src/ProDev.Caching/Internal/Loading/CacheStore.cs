using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ProDev.Caching.Internal;

/// <summary>Values by key, each with the type it was stored as. A key read as another type is a miss, never a wrong value.</summary>
internal sealed partial class CacheStore<TKey> : ICacheStore
    where TKey : notnull
{
    private const int Stripes = 32;

    private readonly CacheCore _core;
    private readonly CacheClock _clock;
    private readonly KeyFormat<TKey>? _format;
    private readonly FlightStripe<TKey>[] _stripes = new FlightStripe<TKey>[Stripes];

    /// <summary>Makes an empty store.</summary>
    /// <param name="core">What it shares with the other stores of its cache.</param>
    /// <param name="format">The text of its keys; null: the store stays in memory.</param>
    public CacheStore(CacheCore core, KeyFormat<TKey>? format)
    {
        _core = core;
        _clock = core.Clock;
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
        if (entry is null || !entry.IsHit(_clock.Recent))
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
        if (!Entries.TryGetValue(key, out var found) || found is not CacheEntry<TKey, TValue> typed || typed.Attend(_clock.Now, mayRefresh: false) < EntryState.Fresh)
            return false;
        entry = typed;
        entry.MarkUsed();
        _core.Telemetry.Hit();
        return true;
    }

    /// <summary>Stores a value in memory. Loads of the key that are running will not overwrite it.</summary>
    /// <returns>What memory has got; null: nothing.</returns>
    public CacheEntry? Set<TValue>(TKey key, TValue value, in EntryPlan plan)
    {
        var keeps = plan.Settings.WritesLocal && !(value is null && plan.Settings.Nulls == NullCaching.Skip);
        var copy = keeps ? ValueCopy<TValue>.Of(_core.Copies.For<TValue>(plan.Settings.Isolation), value) : null;
        var entry = keeps ? NewEntry(key, value, copy, plan.Settings, Lifetime(value, plan.Settings), _core.Tags.Stamp(plan.Tags)) : null;
        var stripe = StripeOf(key);
        lock (stripe.Lock)
        {
            stripe.UnlinkAll(key);
            if (entry is not null)
                Put(key, entry);
            else
                Drop(key);
        }

        _core.CatchUp();
        _core.Telemetry.Raise(CacheEventKind.Set, key);
        return entry;
    }

    // What else memory holds of the key by now, or is about to, may be older than the value that was set: eviction need not keep that one.
    private void RemoveAllBut(CacheEntry? entry, TKey key)
    {
        var stripe = StripeOf(key);
        lock (stripe.Lock)
        {
            stripe.UnlinkAll(key);
            if (Entries.TryGetValue(key, out var current) && current != entry)
                Drop(key);
        }

        _core.CatchUp();
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

        _core.CatchUp();
        if (wasThere)
            _core.Telemetry.Raise(CacheEventKind.Removed, key);
    }

    // Only if it is still this one: what has taken its place came later.
    private void Remove(TKey key, CacheEntry entry)
    {
        lock (StripeOf(key).Lock)
        {
            if (!Entries.TryRemove(KeyValuePair.Create(key, entry)))
                return;
            Removed(entry);
        }

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
            entry.Expire(_clock.Now);
            if (!entry.IsAlive(_clock.Now))
                Drop(key);
        }

        _core.CatchUp();
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
                Remove(key, entry);
        }

        _core.CatchUp();
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
        // When it is not there, another has taken or replaced it and marks it.
        if (!Entries.TryRemove(KeyValuePair.Create(key, entry)))
            return;
        entry.MarkRemoved();
        _core.Telemetry.Left(entry.IsAlive(_clock.Now) ? CacheEventKind.Evicted : CacheEventKind.Expired, key);
    }

    private FlightStripe<TKey> StripeOf(TKey key) => _stripes[(uint)key.GetHashCode() % Stripes];

    private static TimeSpan Lifetime<TValue>(TValue value, EntrySettings settings) =>
        value is null && settings.NullExpiration < settings.LocalExpiration ? settings.NullExpiration.Value : settings.LocalExpiration;

    private CacheEntry<TKey, TValue> NewEntry<TValue>(
        TKey key, TValue value, ValueCopy<TValue>? copy, EntrySettings settings, TimeSpan fresh, TagStamps stamps) =>
        new(this, key, value, copy, EntryTimes.From(_core.Clock, settings, fresh, _core.Random), _clock.Now, stamps)
        {
            Hash = HashOf(key),
            Weight = settings.Weight,
        };

    private int HashOf(TKey key) => key.GetHashCode() ^ RuntimeHelpers.GetHashCode(this);

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

    private bool Drop(TKey key)
    {
        if (!Entries.TryRemove(key, out var old))
            return false;
        Removed(old);
        return true;
    }

    private void Removed(CacheEntry entry)
    {
        entry.MarkRemoved();
        _core.Eviction.Changed(entry);
    }
}
