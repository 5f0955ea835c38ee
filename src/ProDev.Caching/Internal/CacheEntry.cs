namespace ProDev.Caching.Internal;

/// <summary>A stored value with its end and its tags. What eviction keeps about it is in the other part.</summary>
internal abstract partial class CacheEntry(long expiresAt, TagStamps stamps)
{
    private readonly TagStamps _stamps = stamps;
    private volatile bool _isRemoved;

    /// <summary>Whether it has left its store.</summary>
    public bool IsRemoved => _isRemoved;

    public void MarkRemoved() => _isRemoved = true;

    /// <summary>Neither expired nor invalidated by a tag.</summary>
    public bool IsFresh(long now) => now < expiresAt && _stamps.AreCurrent;

    /// <summary>Whether it is of no use to anybody any more. The only question eviction asks about time and tags.</summary>
    public bool IsSpent(long now) => !IsFresh(now);

    /// <summary>Removes it from its store, unless it has been removed or replaced already.</summary>
    public abstract void Evict();
}
