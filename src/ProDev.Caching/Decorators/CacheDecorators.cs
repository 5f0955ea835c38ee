using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;
using ProDev.Caching.Internal;
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

    /// <summary>Makes the invalidator of a decorated service known to <c>DecorateWithCache</c>, which registers it.</summary>
    /// <param name="create">Gets the scope's services and what identifies the registration.</param>
    /// <typeparam name="TService">The decorated interface.</typeparam>
    /// <typeparam name="TInvalidator">The interface of its invalidator.</typeparam>
    public static void RegisterInvalidator<TService, TInvalidator>(Func<IServiceProvider, object?, TInvalidator> create)
        where TService : class
        where TInvalidator : class => InvalidatorSlot<TService>.Fill(create);

    /// <summary>Finds what results depend on besides the arguments.</summary>
    /// <param name="services">The services of the scope.</param>
    /// <typeparam name="TPart">The part.</typeparam>
    /// <returns>The part.</returns>
    /// <exception cref="InvalidOperationException">The part is not registered.</exception>
    public static TPart GetPart<TPart>(IServiceProvider services)
        where TPart : class, ICacheKeyPart => services.GetService<TPart>() ?? throw new InvalidOperationException(
            $"A cached method varies by '{typeof(TPart).FullName}', which is not registered. Register it with the lifetime of the decorated service or a longer one.");

    /// <summary>Finds the stores that all instances of a decorated registration share in one container, or makes them.</summary>
    /// <param name="services">The container.</param>
    /// <param name="registration">Identifies the decorated registration: another one is another implementation with other results.</param>
    /// <param name="create">Makes the stores.</param>
    /// <typeparam name="TStores">The decorator's own type for its stores.</typeparam>
    /// <returns>The stores.</returns>
    public static TStores GetStores<TStores>(IServiceProvider services, object? registration, Func<CacheDecoratorContext, TStores> create)
        where TStores : class
    {
        var cache = services.GetRequiredService<ProDevHybridCache>();
        return cache.GetStores(
            registration,
            (services, registration, create),
            static (made, cache) => made.create(new CacheDecoratorContext(cache, made.services.GetRequiredService<IServiceScopeFactory>(), made.registration)));
    }

    /// <summary>
    /// Removes every value that has any of the tags. The second level learns of it in the background, for a synchronous method cannot wait for it.
    /// </summary>
    /// <param name="cache">The cache.</param>
    /// <param name="tags">The tags; an empty one is ignored, for it can belong to no value.</param>
    public static void RemoveByTags(ProDevHybridCache cache, params ReadOnlySpan<string> tags)
    {
        ArgumentNullException.ThrowIfNull(cache);
        foreach (var tag in tags)
        {
            if (tag.Length > 0)
                Background.Run(cache.Core.RemoveByTagAsync(tag, CancellationToken.None));
        }
    }

    /// <summary>Removes every value that has any of the tags.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="tags">The tags; an empty one is ignored, for it can belong to no value.</param>
    /// <returns>When all of them are invalidated.</returns>
    public static ValueTask RemoveByTagsAsync(ProDevHybridCache cache, params string[] tags)
    {
        ArgumentNullException.ThrowIfNull(cache);
        return cache.RemoveByTagAsync(tags.Where(static tag => tag.Length > 0));
    }
}
