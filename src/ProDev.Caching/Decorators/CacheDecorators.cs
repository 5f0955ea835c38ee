using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;
using ProDev.Shared.DependencyInjection;

namespace ProDev.Caching;

/// <summary>
/// Where generated decorators meet the cache. For generated code; may change in any release, together with the generator
/// in the same package.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CacheDecorators
{
    /// <summary>Makes a decorator known to <c>DecorateWithCache</c>.</summary>
    /// <param name="create">Gets the scope's services, what identifies the registration, and the service to decorate.</param>
    /// <typeparam name="TService">The decorated interface.</typeparam>
    public static void Register<TService>(Func<IServiceProvider, object?, TService, TService> create)
        where TService : class => DecoratorSlot<TService>.Fill(new DecoratorFactory<TService>(create));

    /// <summary>Finds the stores that all instances of a decorated registration share in one container, or makes them.</summary>
    /// <param name="services">The container.</param>
    /// <param name="serviceKey">Identifies the decorated registration: another one is another implementation with other results.</param>
    /// <param name="create">Makes the stores.</param>
    /// <typeparam name="TStores">The decorator's own type for its stores.</typeparam>
    /// <returns>The stores.</returns>
    public static TStores GetStores<TStores>(IServiceProvider services, object? serviceKey, Func<ProDevHybridCache, TStores> create)
        where TStores : class => services.GetRequiredService<ProDevHybridCache>().GetStores(serviceKey, create);

    /// <summary>Removes every value that has any of the tags.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="tags">The tags; an empty one is ignored, for it can belong to no value.</param>
    public static void RemoveByTags(ProDevHybridCache cache, params ReadOnlySpan<string> tags)
    {
        ArgumentNullException.ThrowIfNull(cache);
        foreach (var tag in tags)
            cache.Core.RemoveByTag(tag);
    }
}
