using System.Collections.Concurrent;

namespace ProDev.Caching;

public sealed partial class ProDevHybridCache
{
    private readonly ConcurrentDictionary<(Type Type, object? Registration), object> _decoratorStores = new();

    /// <summary>The typed stores of a decorated service; one set for each of its registrations.</summary>
    internal TStores GetStores<TStores>(object? registration, Func<ProDevHybridCache, TStores> create)
        where TStores : class =>
        (TStores)_decoratorStores.GetOrAdd((typeof(TStores), registration), static (_, made) => made.create(made.cache), (create, cache: this));
}
