using System.Collections.Concurrent;

namespace ProDev.Caching;

public sealed partial class ProDevHybridCache
{
    private readonly ConcurrentDictionary<(Type Type, object? Registration), object> _decoratorStores = new();

    /// <summary>The typed stores of a decorated service; one set for each of its registrations.</summary>
    internal TStores GetStores<TState, TStores>(object? registration, TState state, Func<TState, ProDevHybridCache, TStores> create)
        where TStores : class =>
        (TStores)_decoratorStores.GetOrAdd((typeof(TStores), registration), static (_, made) => made.create(made.state, made.cache), (create, state, cache: this));
}
