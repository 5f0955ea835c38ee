using ProDev.Caching.Internal;

namespace ProDev.Caching;

// Loading with all that this cache knows beyond the abstraction.
public sealed partial class ProDevHybridCache
{
    /// <summary>
    /// Reads a value, or loads and stores it, with all of this cache's options, and with a factory that sees the value it replaces and
    /// may decide how the new one is kept.
    /// </summary>
    /// <inheritdoc cref="GetOrCreateAsync{TState, T}(string, TState, Func{TState, CancellationToken, ValueTask{T}}, Microsoft.Extensions.Caching.Hybrid.HybridCacheEntryOptions?, IEnumerable{string}?, CancellationToken)"/>
    /// <param name="key">The key. Any string but null.</param>
    /// <param name="state">Passed to the factory, so that it needs no closure.</param>
    /// <param name="factory">
    /// Loads the value. It starts on the first caller's thread and in its execution context, except to refresh a value before it expires: then on the
    /// pool, without one.
    /// </param>
    /// <param name="options">Null: the cache's defaults.</param>
    /// <param name="tags">Names to remove the value by.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <exception cref="ArgumentException">An option is out of range, or a tag is empty or <c>*</c>.</exception>
    /// <exception cref="TimeoutException">The load took longer than <see cref="CacheEntryOptions.FactoryHardTimeout"/> and there is no stale value.</exception>
    public ValueTask<T> GetOrCreateAsync<TState, T>(
        string key,
        TState state,
        Func<TState, CacheLoadContext, CancellationToken, ValueTask<T>> factory,
        CacheEntryOptions? options = null,
        IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(factory);
        if (Reads(options) && _store.TryHit<T>(key, out var entry))
            return new ValueTask<T>(entry.Value);
        CacheEntryOptionsCheck.Require(options);
        var plan = new EntryPlan(_core.Defaults.With(options), tags);
        return plan.Settings.RunsFactory
            ? _store.LoadAsync(
                key, new AdaptiveLoad<TState, T>(state, factory, options is null ? null : options with { }, _core.Defaults), static (AdaptiveLoad<TState, T> call, Flight<T> flight) => call.RunAsync(flight), plan, cancellationToken)
            : ProbeAsync<T>(key, plan, cancellationToken);
    }

    /// <summary>As the overload with a state, for a factory that captures what it needs.</summary>
    /// <inheritdoc cref="GetOrCreateAsync{TState, T}(string, TState, Func{TState, CacheLoadContext, CancellationToken, ValueTask{T}}, CacheEntryOptions?, IEnumerable{string}?, CancellationToken)"/>
    public ValueTask<T> GetOrCreateAsync<T>(
        string key,
        Func<CacheLoadContext, CancellationToken, ValueTask<T>> factory,
        CacheEntryOptions? options = null,
        IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return GetOrCreateAsync(key, factory, static (run, context, token) => run(context, token), options, tags, cancellationToken);
    }

    /// <summary>
    /// The synchronous form: the first caller runs the factory on its own thread, the others block until it has. Uses this process's memory only,
    /// never the second level, so that nothing waits for a task.
    /// </summary>
    /// <param name="key">The key. Any string but null.</param>
    /// <param name="state">Passed to the factory, so that it needs no closure.</param>
    /// <param name="factory">Loads the value. Asking for its own key is answered with an exception.</param>
    /// <param name="options">Null: the cache's defaults.</param>
    /// <param name="tags">Names to remove the value by.</param>
    /// <param name="cancellationToken">Ends this caller's wait; the factory's token is cancelled when all callers have cancelled.</param>
    /// <typeparam name="TState">The type of <paramref name="state"/>.</typeparam>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="factory"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or a tag is empty or <c>*</c>.</exception>
    /// <exception cref="InvalidOperationException">The factory asks for its own key on its own thread.</exception>
    /// <exception cref="OperationCanceledException">This caller's token was cancelled first; carries that token.</exception>
    /// <exception cref="TimeoutException">Another caller's load took longer than <see cref="CacheEntryOptions.FactoryHardTimeout"/>.</exception>
    public T GetOrCreate<TState, T>(
        string key,
        TState state,
        Func<TState, CancellationToken, T> factory,
        CacheEntryOptions? options = null,
        IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(factory);
        if (Reads(options) && _store.TryHit<T>(key, out var entry))
            return entry.Value;
        CacheEntryOptionsCheck.Require(options);
        var plan = new EntryPlan(_core.Defaults.With(options), tags);
        if (plan.Settings.RunsFactory)
            return _store.Load(
                key, (state, factory), static ((TState state, Func<TState, CancellationToken, T> factory) call, Flight<T> flight) => call.factory(call.state, flight.Token), plan, cancellationToken);
        return plan.Settings.ReadsLocal && _store.TryRead<T>(key, out entry) ? entry.Value : default!;
    }

    private bool Reads(CacheEntryOptions? options) =>
        options?.Flags is not { } flags ? _readsLocal : !flags.HasFlag(Microsoft.Extensions.Caching.Hybrid.HybridCacheEntryFlags.DisableLocalCacheRead);
}
