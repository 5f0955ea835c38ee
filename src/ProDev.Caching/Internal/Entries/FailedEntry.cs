using System.Runtime.ExceptionServices;

namespace ProDev.Caching.Internal;

/// <summary>Stands in a value's place for as long as a failure to load it as this type is remembered.</summary>
internal sealed class FailedEntry<TKey, TValue>(CacheStore<TKey> store, TKey key, Exception failure, in EntryTimes times, long now, TagStamps stamps)
    : CacheEntry(times, now, stamps)
    where TKey : notnull
{
    /// <summary>The failure, to be thrown again with the stack it first had.</summary>
    public ExceptionDispatchInfo Failure { get; } = ExceptionDispatchInfo.Capture(failure);

    public override void Evict() => store.Evict(key, this);
}
