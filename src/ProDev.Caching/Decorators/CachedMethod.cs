using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using ProDev.Caching.Internal;

namespace ProDev.Caching;

/// <summary>
/// The results of one decorated method by its arguments. For generated code; may change in any release, together with the
/// generator in the same package.
/// </summary>
/// <typeparam name="TKey">The arguments that make the key.</typeparam>
/// <typeparam name="TValue">What the method answers.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class CachedMethod<TKey, TValue>
    where TKey : notnull
{
    private readonly CacheDecoratorContext _context;
    private readonly CacheStore<TKey> _store;
    private readonly EntrySettings _settings;

    // For a method that never runs without its caller: nothing may go on when that caller has his answer.
    private readonly EntrySettings _attended;
    private readonly string _name;

    /// <summary>Makes an empty store that obeys the cache's clock, tags and limit.</summary>
    /// <param name="context">What the stores of the decorated registration have in common.</param>
    /// <param name="name">The method's name for messages.</param>
    /// <param name="options">How results are kept; null: the cache's defaults.</param>
    /// <param name="format">How the arguments are written as text; null: results stay in this process's memory.</param>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> or <paramref name="name"/> is null.</exception>
    public CachedMethod(CacheDecoratorContext context, string name, CacheEntryOptions? options, CacheKeyFormat<TKey>? format)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(name);
        _context = context;
        _name = name;
        _settings = context.Cache.Core.Defaults.With(options ?? new CacheEntryOptions());
        _attended = _settings with { EagerRefreshThreshold = null, FactorySoftTimeout = null, FactoryHardTimeout = null, IsAttended = true };
        Format = format is null ? null : new ArgumentKeyFormat<TKey>(format, context.RegistrationName);
        _store = new CacheStore<TKey>(context.Cache.Core, Format);
    }

    /// <summary>The text of the keys; null: they have none, and results stay in memory.</summary>
    internal KeyFormat<TKey>? Format { get; }

    /// <summary>Reads a result.</summary>
    /// <param name="key">The arguments.</param>
    /// <param name="value">The result.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var found = _store.TryHit<TValue>(key, out var entry);
        value = found ? entry!.Value : default;
        return found;
    }

    /// <summary>Reads a result as a completed task, the same one for every hit.</summary>
    /// <param name="key">The arguments.</param>
    /// <param name="task">The result.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGetTask(TKey key, [MaybeNullWhen(false)] out Task<TValue> task)
    {
        var found = _store.TryHit<TValue>(key, out var entry);
        task = found ? entry!.Task : null;
        return found;
    }

    /// <summary>
    /// Stores a result in place of the one there is; calls of the method that are running do not overwrite it. The second level learns of it in the
    /// background, for a synchronous method cannot wait for it.
    /// </summary>
    /// <param name="key">The arguments.</param>
    /// <param name="value">The result.</param>
    /// <param name="tags">The tags of the result.</param>
    public void Set(TKey key, TValue value, string[]? tags) => Background.Run(SetAsync(key, value, tags));

    /// <summary>Stores a result as <see cref="Set"/> does.</summary>
    /// <param name="key">The arguments.</param>
    /// <param name="value">The result.</param>
    /// <param name="tags">The tags of the result.</param>
    /// <param name="cancellationToken">Not looked at: the method has run, and what it has done shall be seen.</param>
    /// <returns>When it is stored.</returns>
    public ValueTask SetAsync(TKey key, TValue value, string[]? tags, CancellationToken cancellationToken = default) =>
        _store.SetAsync(key, value, Plan(tags), CancellationToken.None);

    /// <summary>
    /// Removes a result; calls of the method that are running do not store theirs. The second level learns of it in the background, for a
    /// synchronous method cannot wait for it.
    /// </summary>
    /// <param name="key">The arguments.</param>
    public void Remove(TKey key) => Background.Run(_store.RemoveAsync(key, CancellationToken.None));

    /// <summary>Removes a result as <see cref="Remove"/> does.</summary>
    /// <param name="key">The arguments.</param>
    /// <param name="cancellationToken">Checked before anything is done.</param>
    /// <returns>When it is removed.</returns>
    public ValueTask RemoveAsync(TKey key, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled(cancellationToken) : _store.RemoveAsync(key, cancellationToken);

    private EntryPlan Plan(string[]? tags) => new(_settings, tags);
}
