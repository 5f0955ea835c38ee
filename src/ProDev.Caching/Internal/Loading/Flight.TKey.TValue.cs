using System.Runtime.CompilerServices;

namespace ProDev.Caching.Internal;

/// <summary>A shared load of a value for a key.</summary>
internal sealed class Flight<TKey, TValue>(TKey key, EntrySettings settings, TagStamps stamps, CacheClock clock, bool isCancellable)
    : Flight<TValue>(settings, stamps, clock.Now, isCancellable)
    where TKey : notnull
{
    // In a box, for most loads of a cache without a second level would carry it empty.
    private StrongBox<SecondLevelStamp>? _secondLevelStamp;

    public TKey Key { get; } = key;

    /// <summary>The entry whose value is stale, or null.</summary>
    public CacheEntry<TKey, TValue>? StaleEntry { get; set; }

    /// <summary>What the second level looked like before the load.</summary>
    public SecondLevelStamp SecondLevelStamp
    {
        get => _secondLevelStamp?.Value ?? default;
        set => _secondLevelStamp = new StrongBox<SecondLevelStamp>(value);
    }

    // What was removed, by key or by tag, is not served any more, stale or not; nor is what has become too old while the load ran.
    public override bool HasStale => StaleEntry is { } entry && IsLinked && Stamps.AreCurrent && entry.IsAlive(clock.Now);

    public override TValue Stale => StaleEntry!.Value;

    public override bool HasAllTags(IReadOnlyCollection<string> tags) => Stamps.HaveAll(tags) || StaleEntry?.Stamps.HaveAll(tags) == true;
}
