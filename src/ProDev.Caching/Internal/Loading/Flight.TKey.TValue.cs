namespace ProDev.Caching.Internal;

/// <summary>A shared load of a value for a key.</summary>
internal sealed class Flight<TKey, TValue>(TKey key, EntrySettings settings, TagStamps stamps, CacheClock clock, bool isCancellable)
    : Flight<TValue>(settings, stamps, clock.Now, isCancellable)
    where TKey : notnull
{
    public TKey Key { get; } = key;

    /// <summary>The entry whose value is stale, or null.</summary>
    public CacheEntry<TKey, TValue>? StaleEntry { get; set; }

    /// <summary>Null without a second level.</summary>
    public SecondLevelVisit? SecondLevel { get; init; }

    // What was removed, by key or by tag, is not served any more, stale or not; nor is what has become too old while the load ran.
    public override bool HasStale => StaleEntry is { } entry && IsLinked && Stamps.AreCurrent && entry.IsAlive(clock.Now);

    public override TValue Stale => StaleEntry!.Value;

    public override bool HasAllTags(IReadOnlyCollection<string> tags) => Stamps.HaveAll(tags) || StaleEntry?.Stamps.HaveAll(tags) == true;
}
