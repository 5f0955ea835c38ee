namespace ProDev.Caching.Internal;

/// <summary>What a cache does to all of its stores, whatever their keys are.</summary>
internal interface ICacheStore
{
    /// <summary>Removes every value that has all of the tags, and keeps running loads of such values from being stored.</summary>
    void RemoveWithAllTags(IReadOnlyCollection<string> tags);

    /// <summary>Does what another process says of a key.</summary>
    /// <param name="kind">That the key was removed or expired.</param>
    /// <param name="text">The text of the key, without the region.</param>
    void OnNotice(CacheNoticeKind kind, ReadOnlySpan<char> text);
}
