using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Caching.Hybrid;
using ProDev.Caching.Internal;

namespace ProDev.Caching;

// Reading and writing without a factory.
public sealed partial class ProDevHybridCache
{
    /// <summary>Reads a value from this process's memory and loads nothing.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value, which may be a cached null; default when there is none.</param>
    /// <typeparam name="T">The type the value was stored as.</typeparam>
    /// <returns>true when the memory holds a value of this type that has neither expired nor been removed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public bool TryGet<T>(string key, [MaybeNullWhen(false)] out T value)
    {
        ArgumentNullException.ThrowIfNull(key);
        var found = _store.TryRead<T>(key, out var entry);
        value = found ? entry!.Value : default;
        return found;
    }

    /// <summary>Reads a value from memory or the second level and loads nothing.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <typeparam name="T">The type the value was stored as.</typeparam>
    /// <returns>The value, or that there is none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; carries that token.</exception>
    public ValueTask<CacheResult<T>> TryGetAsync<T>(string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _store.ProbeAsync<T>(key, new EntryPlan(_core.Defaults, Tags: null), cancellationToken);
    }

    /// <summary>
    /// Stores a value in place of what the key had. Loads of the key that are running complete for those who wait for them
    /// and do not overwrite it.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; null is a value too.</param>
    /// <param name="options">
    /// Null: the cache's defaults. When they say not to keep the value here, the old one is removed all the same.
    /// </param>
    /// <param name="tags">Names to remove the value by.</param>
    /// <param name="cancellationToken">
    /// Checked before anything is done. Ends the wait for the second level, which may get the value all the same.
    /// </param>
    /// <typeparam name="T">The type the value will be read as.</typeparam>
    /// <returns>A task that completes when the value is in all levels; an outage of the second one does not fail it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="ArgumentException">A tag is empty, or <c>*</c>.</exception>
    public override ValueTask SetAsync<T>(
        string key,
        T value,
        HybridCacheEntryOptions? options = null,
        IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default) =>
        SetAsync(key, value, _core.Defaults.With(options), tags, cancellationToken);

    /// <summary>As the overload with the abstraction's options, with all that this cache knows.</summary>
    /// <inheritdoc cref="SetAsync{T}(string, T, HybridCacheEntryOptions?, IEnumerable{string}?, CancellationToken)"/>
    /// <exception cref="ArgumentException">An option is out of range, or a tag is empty or <c>*</c>.</exception>
    public ValueTask SetAsync<T>(
        string key,
        T value,
        CacheEntryOptions options,
        IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        CacheEntryOptionsCheck.Require(options);
        return SetAsync(key, value, _core.Defaults.With(options), tags, cancellationToken);
    }

    private ValueTask SetAsync<T>(string key, T value, EntrySettings settings, IEnumerable<string>? tags, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled(cancellationToken)
            : _store.SetAsync(key, value, new EntryPlan(settings, tags), cancellationToken);
    }
}
