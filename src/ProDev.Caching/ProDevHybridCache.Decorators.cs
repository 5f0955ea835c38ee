using System.Collections.Concurrent;

namespace ProDev.Caching;

public sealed partial class ProDevHybridCache
{
    private readonly ConcurrentDictionary<(Type Type, object? ServiceKey), object> _decoratorStores = new();

    /// <summary>The typed stores of a decorated service; one set for each key the service is registered under.</summary>
    internal TStores GetStores<TStores>(object? serviceKey, Func<ProDevHybridCache, TStores> create)
        where TStores : class =>
        (TStores)_decoratorStores.GetOrAdd((typeof(TStores), serviceKey), static (_, made) => made.create(made.cache), (create, cache: this));
}
