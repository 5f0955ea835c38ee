using ProDev.Caching.Internal;

namespace ProDev.Caching;

public sealed partial class CachedMethod<TKey, TValue>
{
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
        _store.Load(
            key,
            (state, load),
            static ((TState state, Func<TState, CancellationToken, TValue> load) call, Flight<TValue> flight) => call.load(call.state, flight.Token),
            new EntryPlan(_attended, tags),
            cancellationToken);

    /// <summary>Calls the method for all who miss the same arguments, and keeps the result.</summary>
    /// <param name="key">The arguments.</param>
    /// <param name="state">Passed to <paramref name="load"/>.</param>
    /// <param name="load">Calls the method on the decorated service.</param>
    /// <param name="rescope">
    /// Puts the decorated service of another scope into the state, for a load that outlives its caller and the caller's scope; null:
    /// the method never runs without its caller, for it depends on more of him than his arguments.
    /// </param>
    /// <param name="tags">The tags of the result.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <typeparam name="TState">The type of <paramref name="state"/>.</typeparam>
    /// <returns>The result.</returns>
    public ValueTask<TValue> LoadAsync<TState>(
        TKey key,
        TState state,
        Func<TState, CancellationToken, ValueTask<TValue>> load,
        Func<TState, CacheLoadScope, TState>? rescope,
        string[]? tags,
        CancellationToken cancellationToken) =>
        _store.LoadAsync(
            key, new ScopedLoad<TState>(_context, state, load, rescope), ScopedLoad<TState>.Run, rescope is null ? new EntryPlan(_attended, tags) : Plan(tags), cancellationToken);

    /// <inheritdoc cref="LoadAsync{TState}"/>
    public Task<TValue> LoadTaskAsync<TState>(
        TKey key,
        TState state,
        Func<TState, CancellationToken, Task<TValue>> load,
        Func<TState, CacheLoadScope, TState>? rescope,
        string[]? tags,
        CancellationToken cancellationToken) =>
        LoadAsync(
            key,
            (inner: state, load, rescope, _name),
            static (call, token) => new ValueTask<TValue>(call.load(call.inner, token) ?? throw NullTask(call._name)),
            rescope is null ? null : static (call, scope) => call with { inner = call.rescope!(call.inner, scope) },
            tags,
            cancellationToken).AsTask();

    private static InvalidOperationException NullTask(string name) => new(
        $"'{name}' returned null instead of a task, so there is no result to cache. Return Task.FromResult(...), or await inside an async method.");

    /// <summary>A call of the method that can run on its caller's service, or on one of a scope of its own.</summary>
    internal readonly record struct ScopedLoad<TState>(
        CacheDecoratorContext Context,
        TState State,
        Func<TState, CancellationToken, ValueTask<TValue>> Load,
        Func<TState, CacheLoadScope, TState>? Rescope)
    {
        public static readonly Func<ScopedLoad<TState>, Flight<TValue>, ValueTask<TValue>> Run =
            static (call, flight) => flight.MayOutliveCaller ? LoadInScopeAsync(call, flight.Token) : call.Load(call.State, flight.Token);

        private static async ValueTask<TValue> LoadInScopeAsync(ScopedLoad<TState> call, CancellationToken cancellationToken)
        {
            var scope = call.Context.OpenScope();
            await using (scope.ConfigureAwait(false))
            {
                var state = call.Rescope!(call.State, call.Context.LoadIn(scope));
                return await call.Load(state, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
