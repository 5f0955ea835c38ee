using System.Collections.Concurrent;

namespace ProDev.Caching.Internal;

/// <summary>All stores of a cache. They live as long as the cache does.</summary>
internal sealed class CacheStores
{
    private readonly ConcurrentQueue<ICacheStore> _all = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<ICacheStore>> _byRegion = new(StringComparer.Ordinal);

    public void Add(ICacheStore store, string? region)
    {
        _all.Enqueue(store);

        // Two registrations of one service have the same region, and what one process says of it concerns both.
        if (region is not null)
            _byRegion.GetOrAdd(region, static _ => new ConcurrentQueue<ICacheStore>()).Enqueue(store);
    }

    public void RemoveWithAllTags(IReadOnlyCollection<string> tags)
    {
        foreach (var store in _all)
            store.RemoveWithAllTags(tags);
    }

    /// <summary>Hands a notice to the stores of its region; one that is unknown here concerns nothing that is held here.</summary>
    public void OnNotice(CacheNoticeKind kind, string text)
    {
        var end = text.IndexOf(KeyFormat<string>.Separator, StringComparison.Ordinal);
        if (end < 0 || !_byRegion.TryGetValue(text[..end], out var stores))
            return;
        foreach (var store in stores)
            store.OnNotice(kind, text.AsSpan(end + 1));
    }
}
