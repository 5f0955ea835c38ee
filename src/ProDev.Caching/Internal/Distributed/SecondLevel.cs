namespace ProDev.Caching.Internal;

/// <summary>
/// The second level as a store of values: envelopes, serialization, compression, timeouts, circuit breaker, recovery. No method
/// but for a caller's cancellation throws: an outage is a miss, and what could not be delivered is delivered later.
/// </summary>
internal sealed class SecondLevel
{
    /// <summary>Reads a value, if it is there and its tags are current, and what a write after a load has to know.</summary>
    /// <param name="key">The text of the key, region included.</param>
    /// <param name="tags">The tags the call asks for.</param>
    /// <param name="settings">Timeouts and flags.</param>
    /// <param name="hasStale">Whether the soft timeout applies.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits any more.</param>
    public ValueTask<SecondLevelRead<T>> ReadAsync<T>(string key, IReadOnlyList<string> tags, EntrySettings settings, bool hasStale, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Writes what a load answered, unless the key has changed since it began.</summary>
    public ValueTask StoreLoadedAsync<T>(string key, T value, IReadOnlyList<string> tags, SecondLevelStamp stamp, EntrySettings settings, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Writes a value in any case, bound to the tags' versions of now, and tells the other processes.</summary>
    public ValueTask SetAsync<T>(string key, T value, IReadOnlyList<string> tags, EntrySettings settings, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Removes a value, so that no load that has begun before can write it again, and tells the other processes.</summary>
    public ValueTask RemoveAsync(string key, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Makes a value stale and tells the other processes.</summary>
    public ValueTask ExpireAsync(string key, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Invalidates a tag, <c>*</c> included, and tells the other processes.</summary>
    public ValueTask InvalidateTagAsync(string tag, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
