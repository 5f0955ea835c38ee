namespace ProDev.Caching.Internal;

/// <summary>A stored value with its end, its tags, and what eviction needs to know of it.</summary>
internal abstract class CacheEntry(long expiresAt, TagStamps stamps)
{
    private readonly TagStamps _stamps = stamps;
    private volatile bool _isRemoved;
    private bool _wasUsed;

    /// <summary>Whether it has left its store; it may wait in the eviction queue a little longer.</summary>
    public bool IsRemoved => _isRemoved;

    public void MarkRemoved() => _isRemoved = true;

    /// <summary>Neither expired nor invalidated by a tag.</summary>
    public bool IsFresh(long now) => now < expiresAt && _stamps.AreCurrent;

    // Written only when it changes, so that readers on many cores share the line.
    public void MarkUsed()
    {
        if (!_wasUsed)
            _wasUsed = true;
    }

    /// <summary>Whether it was read since it was last asked; asking forgets.</summary>
    public bool TakeSecondChance()
    {
        var wasUsed = _wasUsed;
        _wasUsed = false;
        return wasUsed;
    }

    /// <summary>Removes it from its store, unless it has been removed or replaced already.</summary>
    public abstract void Evict();
}
