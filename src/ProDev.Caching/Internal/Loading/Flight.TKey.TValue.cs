namespace ProDev.Caching.Internal;

/// <summary>A shared load of a value for a key.</summary>
internal sealed class Flight<TKey, TValue>(TKey key, EntrySettings settings, TagStamps stamps, long startedAt, bool isCancellable)
    : Flight<TValue>(settings, stamps, startedAt, isCancellable)
    where TKey : notnull
{
    public TKey Key { get; } = key;

    /// <summary>The entry whose value is stale, or null.</summary>
    public CacheEntry<TKey, TValue>? StaleEntry { get; set; }

    /// <summary>What the second level looked like before the load.</summary>
    public SecondLevelStamp SecondLevelStamp { get; set; }

    // What was removed, by key or by tag, is not served any more, stale or not.
    public override bool HasStale => StaleEntry is { AreTagsCurrent: true } && IsLinked && Stamps.AreCurrent;

    public override TValue Stale => StaleEntry!.Value;
}
