namespace ProDev.Caching;

public sealed partial class ProDevHybridCache
{
    /// <summary>
    /// Removes a value. Loads of the key that are running complete for those who wait for them and are not stored; callers who
    /// come later load anew.
    /// </summary>
    /// <param name="key">The key; one that is not there is no error.</param>
    /// <param name="cancellationToken">Checked before anything is done.</param>
    /// <returns>A completed task.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public override ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        _store.Remove(key);
        return default;
    }

    /// <summary>Removes several values, each as <see cref="RemoveAsync(string, CancellationToken)"/> does.</summary>
    /// <param name="keys">The keys; null or empty: nothing happens.</param>
    /// <param name="cancellationToken">Checked before each key.</param>
    /// <returns>A completed task.</returns>
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
    /// <param name="cancellationToken">Checked before anything is done.</param>
    /// <returns>A completed task.</returns>
    /// <exception cref="ArgumentException"><paramref name="tag"/> is null or empty.</exception>
    public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        _core.RemoveByTag(tag);
        return default;
    }

    /// <summary>Removes every value that has any of the tags, each as <see cref="RemoveByTagAsync(string, CancellationToken)"/> does.</summary>
    /// <param name="tags">The tags; null or empty: nothing happens.</param>
    /// <param name="cancellationToken">Checked before each tag.</param>
    /// <returns>A completed task.</returns>
    /// <exception cref="ArgumentException">A tag is null or empty; the tags before it have been removed.</exception>
    public override async ValueTask RemoveByTagAsync(IEnumerable<string> tags, CancellationToken cancellationToken = default)
    {
        foreach (var tag in tags ?? [])
            await RemoveByTagAsync(tag, cancellationToken).ConfigureAwait(false);
    }
}
