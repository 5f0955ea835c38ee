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
public sealed class CachedMethod<TKey, TValue>
    where TKey : notnull
{
    private readonly CacheStore<TKey> _store;
    private readonly EntrySettings _settings;
    private readonly string _name;

    /// <summary>Makes an empty store that obeys the cache's clock, tags and limit.</summary>
    /// <param name="cache">The cache the method belongs to.</param>
    /// <param name="name">The method's name for messages.</param>
    /// <param name="expiration">How long a result is kept; null: the cache's default.</param>
    public CachedMethod(ProDevHybridCache cache, string name, TimeSpan? expiration)
    {
        ArgumentNullException.ThrowIfNull(cache);
        _store = new CacheStore<TKey>(cache.Core, format: null);
        _settings = cache.Core.Defaults.With(new CacheEntryOptions { Expiration = expiration });
        _name = name;
    }

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

    /// <summary>Calls the method for all who miss the same arguments, and keeps the result.</summary>
    /// <param name="key">The arguments.</param>
    /// <param name="state">Passed to <paramref name="load"/>.</param>
    /// <param name="load">Calls the method on the decorated service.</param>
    /// <param name="tags">The tags of the result.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <typeparam name="TState">The type of <paramref name="state"/>.</typeparam>
    /// <returns>The result.</returns>
    public TValue Load<TState>(
        TKey key, TState state, Func<TState, CancellationToken, TValue> load, string[]? tags, CancellationToken cancellationToken) =>
        _store.Load(key, (state, load), static ((TState state, Func<TState, CancellationToken, TValue> load) call, Flight<TValue> flight) => call.load(call.state, flight.Token), Plan(tags), cancellationToken);

    /// <inheritdoc cref="Load{TState}"/>
    public ValueTask<TValue> LoadAsync<TState>(
        TKey key, TState state, Func<TState, CancellationToken, ValueTask<TValue>> load, string[]? tags, CancellationToken cancellationToken) =>
        _store.LoadAsync(key, (state, load), static ((TState state, Func<TState, CancellationToken, ValueTask<TValue>> load) call, Flight<TValue> flight) => call.load(call.state, flight.Token), Plan(tags), cancellationToken);

    /// <inheritdoc cref="Load{TState}"/>
    public Task<TValue> LoadTaskAsync<TState>(
        TKey key, TState state, Func<TState, CancellationToken, Task<TValue>> load, string[]? tags, CancellationToken cancellationToken) =>
        _store.LoadAsync(
            key,
            (state, load, _name),
            static ((TState state, Func<TState, CancellationToken, Task<TValue>> load, string name) call, Flight<TValue> flight) =>
                new ValueTask<TValue>(call.load(call.state, flight.Token) ?? throw NullTask(call.name)),
            Plan(tags),
            cancellationToken).AsTask();

    /// <summary>Removes a result; calls of the method that are running do not store theirs.</summary>
    /// <param name="key">The arguments.</param>
    public void Remove(TKey key) => _store.Remove(key);

    private static InvalidOperationException NullTask(string name) => new(
        $"'{name}' returned null instead of a task, so there is no result to cache. Return Task.FromResult(...), or await inside an async method.");

    private EntryPlan Plan(string[]? tags) => new(_settings, tags);
}
