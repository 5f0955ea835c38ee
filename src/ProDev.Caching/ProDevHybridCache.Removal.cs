using ProDev.Caching.Internal;

namespace ProDev.Caching;

public sealed partial class ProDevHybridCache
{
    /// <summary>
    /// Removes a value. Loads of the key that are running complete for those who wait for them and are not stored; callers who
    /// come later load anew.
    /// </summary>
    /// <param name="key">The key; one that is not there is no error.</param>
    /// <param name="cancellationToken">Checked before anything is done. Ends the wait for the second level, which learns of it all the same.</param>
    /// <returns>A task that completes when all levels know; an outage of the second one does not fail it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public override ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled(cancellationToken) : _store.RemoveAsync(key, cancellationToken);
    }

    /// <summary>Removes several values, each as <see cref="RemoveAsync(string, CancellationToken)"/> does.</summary>
    /// <param name="keys">The keys; null or empty: nothing happens.</param>
    /// <param name="cancellationToken">Checked before each key.</param>
    /// <returns>A task that completes when all levels know; an outage of the second one does not fail it.</returns>
    /// <exception cref="ArgumentNullException">A key is null; the keys before it have been removed.</exception>
    public override async ValueTask RemoveAsync(IEnumerable<string> keys, CancellationToken cancellationToken = default)
    {
        foreach (var key in keys ?? [])
            await RemoveAsync(key, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Removes every value that has the tag, those of decorated methods included, at a cost that does not depend on how many
    /// there are. Loads that are running with the tag complete for those who wait for them and are not stored.
    /// </summary>
    /// <param name="tag">The tag; one that no value has is no error. <c>*</c> removes everything and gives its memory back.</param>
    /// <param name="cancellationToken">Checked before anything is done. Ends the wait for the second level, which learns of it all the same.</param>
    /// <returns>A task that completes when all levels know; an outage of the second one does not fail it.</returns>
    /// <exception cref="ArgumentException"><paramref name="tag"/> is null or empty.</exception>
    public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        return cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled(cancellationToken) : _core.RemoveByTagAsync(tag, cancellationToken);
    }

    /// <summary>Removes every value that has any of the tags, each as <see cref="RemoveByTagAsync(string, CancellationToken)"/> does.</summary>
    /// <param name="tags">The tags; null or empty: nothing happens.</param>
    /// <param name="cancellationToken">Checked before each tag.</param>
    /// <returns>A task that completes when all levels know; an outage of the second one does not fail it.</returns>
    /// <exception cref="ArgumentException">A tag is null or empty; the tags before it have been removed.</exception>
    public override async ValueTask RemoveByTagAsync(IEnumerable<string> tags, CancellationToken cancellationToken = default)
    {
        foreach (var tag in tags ?? [])
            await RemoveByTagAsync(tag, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Removes every value that has all of the tags, at a cost that grows with the number of values in memory. The second level removes
    /// more: everything that has the last of the tags, so name the rarest one last.
    /// </summary>
    /// <param name="tags">The tags. Empty: nothing happens.</param>
    /// <param name="cancellationToken">Checked before anything is done. Ends the wait for the second level, which learns of it all the same.</param>
    /// <returns>A task that completes when all levels know; an outage of the second one does not fail it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="tags"/> is null.</exception>
    /// <exception cref="ArgumentException">A tag is null, empty or <c>*</c>, which no value has; nothing is removed.</exception>
    public ValueTask RemoveByAllTagsAsync(IEnumerable<string> tags, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tags);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        string[] all = [.. tags.Select(TagTable.Check)];
        return all.Length == 0 ? default : _core.RemoveByAllTagsAsync(all, cancellationToken);
    }

    /// <summary>
    /// Makes a value stale: the next caller loads anew, and fail-safe may still serve it when that fails. Without
    /// <see cref="CacheEntryOptions.FailSafeMaxDuration"/> it is removed. Loads of the key that are running are not stored.
    /// </summary>
    /// <param name="key">The key; one that is not there is no error.</param>
    /// <param name="cancellationToken">Checked before anything is done. Ends the wait for the second level, which learns of it all the same.</param>
    /// <returns>A task that completes when all levels know; an outage of the second one does not fail it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public ValueTask ExpireAsync(string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled(cancellationToken) : _store.ExpireAsync(key, cancellationToken);
    }

    /// <summary>Removes everything from all levels, as <c>RemoveByTagAsync("*")</c> does, and gives the memory back.</summary>
    /// <param name="cancellationToken">Checked before anything is done. Ends the wait for the second level, which learns of it all the same.</param>
    /// <returns>A task that completes when all levels know; an outage of the second one does not fail it.</returns>
    public ValueTask ClearAsync(CancellationToken cancellationToken = default) => RemoveByTagAsync(TagTable.Everything, cancellationToken);
}
