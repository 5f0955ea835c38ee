namespace ProDev.Caching.Internal;

/// <summary>An entry with its value. The store's key leads to it, and it knows its key, so that it can remove itself.</summary>
internal sealed class CacheEntry<TKey, TValue> : CacheEntry
    where TKey : notnull
{
    private readonly CacheStore<TKey> _store;
    private readonly TKey _key;
    private readonly TValue _value;
    private readonly ValueCopy<TValue>? _copy;
    private Task<TValue>? _task;

    public CacheEntry(CacheStore<TKey> store, TKey key, TValue value, ValueCopy<TValue>? copy, in EntryTimes times, long now, TagStamps stamps)
        : base(times, now, stamps)
    {
        _store = store;
        _key = key;
        _copy = copy;

        // Whoever loaded it has the object itself, and may change it.
        _value = copy is null ? value : default!;
    }

    /// <summary>The value, or one of the reader's own where it is not to be shared.</summary>
    public TValue Value => _copy is null ? _value : _copy.Next();

    /// <summary>Gives each reader a value of its own; null: they share one.</summary>
    public ValueCopy<TValue>? Copy => _copy;

    /// <summary>The value as a completed task, made once where it is shared: a method that returns a task hits without allocating.</summary>
    public Task<TValue> Task => _copy is null ? _task ??= System.Threading.Tasks.Task.FromResult(_value) : System.Threading.Tasks.Task.FromResult(_copy.Next());

    public override void Evict() => _store.Evict(_key, this);
}
