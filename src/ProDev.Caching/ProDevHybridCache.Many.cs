using ProDev.Caching.Internal;

namespace ProDev.Caching;

public sealed partial class ProDevHybridCache
{
    /// <summary>
    /// Reads several values, and loads those that are missing with one call of the factory. A value that somebody else is loading at the
    /// moment is waited for and not asked for again.
    /// </summary>
    /// <param name="items">What the values belong to, identifiers for example. Asked for twice, an item counts once.</param>
    /// <param name="key">The key of an item. Different items should have different keys.</param>
    /// <param name="factory">
    /// Loads the values of the items it gets. An item that is missing in what it answers has no value: nothing is stored for it. Its token is
    /// cancelled when nobody waits for any of the values any more.
    /// </param>
    /// <param name="options">
    /// Null: the cache's defaults. Values are not refreshed before they expire. With
    /// <see cref="Microsoft.Extensions.Caching.Hybrid.HybridCacheEntryFlags.DisableUnderlyingData"/> the answer is what is there.
    /// </param>
    /// <param name="tags">The tags of an item's value; null: none.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <typeparam name="TItem">The type of the items; must be equal by value.</typeparam>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <returns>The values by item, without those that there are none for.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="items"/>, <paramref name="key"/> or <paramref name="factory"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or a tag is empty or <c>*</c>.</exception>
    /// <exception cref="InvalidOperationException">The factory answered null.</exception>
    /// <exception cref="OperationCanceledException">This caller's token was cancelled first; carries that token.</exception>
    public ValueTask<IReadOnlyDictionary<TItem, T>> GetOrCreateManyAsync<TItem, T>(
        IEnumerable<TItem> items,
        Func<TItem, string> key,
        Func<IReadOnlyList<TItem>, CancellationToken, ValueTask<IReadOnlyDictionary<TItem, T>>> factory,
        CacheEntryOptions? options = null,
        Func<TItem, IEnumerable<string>?>? tags = null,
        CancellationToken cancellationToken = default)
        where TItem : notnull
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(factory);
        CacheEntryOptionsCheck.Require(options);
        return _store.LoadManyAsync(
            items.ToHashSet(), new ManyLoad<string, TItem, T>(key, factory, tags, _core.Defaults.With(options) with { EagerRefreshThreshold = null }), cancellationToken);
    }
}
