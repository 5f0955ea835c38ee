namespace ProDev.Caching.Internal;

/// <summary>An entry with its value. The store's key leads to it, and it knows its key, so that it can remove itself.</summary>
internal sealed class CacheEntry<TKey, TValue>(CacheStore<TKey> store, TKey key, TValue value, in EntryTimes times, long now, TagStamps stamps)
    : CacheEntry(times, now, stamps)
    where TKey : notnull
{
    private Task<TValue>? _task;

    public TValue Value { get; } = value;

    /// <summary>The value as a completed task, made once: a method that returns a task hits without allocating.</summary>
    public Task<TValue> Task => _task ??= System.Threading.Tasks.Task.FromResult(Value);

    public override void Evict() => store.Evict(key, this);
}
