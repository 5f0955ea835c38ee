using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProDev.Caching;
using ProDev.Caching.Internal;
using ProDev.Shared.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the cache and decorates services with it.</summary>
public static class CachingServiceCollectionExtensions
{
    private static readonly DecoratorKind Decoration = new(nameof(DecorateWithCache), "[Cached]", "ProDev.Caching");

    /// <summary>
    /// Registers <see cref="ProDevHybridCache"/> as a singleton, and as <see cref="HybridCache"/> unless one is registered
    /// already. Calling it again only adds to the settings. The clock is the registered <see cref="TimeProvider"/>, or else
    /// the system's.
    /// </summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="configure">Sets options; null: the defaults, or what the application binds to <see cref="ProDevCachingOptions"/>.</param>
    /// <returns>A builder that other packages extend.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IProDevCachingBuilder AddProDevCaching(this IServiceCollection services, Action<ProDevCachingOptions>? configure = null)
    {
        AddOptions(services, Options.Options.DefaultName, configure);
        services.TryAddSingleton(static provider => Create(provider, serviceKey: null));
        services.TryAddSingleton<HybridCache>(static provider => provider.GetRequiredService<ProDevHybridCache>());
        return new ProDevCachingBuilder(services, serviceKey: null);
    }

    /// <summary>
    /// Registers one more <see cref="ProDevHybridCache"/> under a key, with its own entries and limits. Decorated services use
    /// the one without a key.
    /// </summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="serviceKey">The key. Its text is the name of the options.</param>
    /// <param name="configure">Sets options; null: the defaults, or what the application binds to the named <see cref="ProDevCachingOptions"/>.</param>
    /// <returns>A builder that other packages extend.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="serviceKey"/> is null.</exception>
    public static IProDevCachingBuilder AddKeyedProDevCaching(
        this IServiceCollection services, object serviceKey, Action<ProDevCachingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(serviceKey);
        AddOptions(services, NameOf(serviceKey), configure);
        services.TryAddKeyedSingleton(serviceKey, static (provider, key) => Create(provider, key));
        services.TryAddKeyedSingleton<HybridCache>(serviceKey, static (provider, key) => provider.GetRequiredKeyedService<ProDevHybridCache>(key));
        return new ProDevCachingBuilder(services, serviceKey);
    }

    /// <summary>
    /// Puts the generated cache before the last registration of <typeparamref name="T"/> and keeps its lifetime. All
    /// its instances share the cached results; another decorated registration has its own. Registers the generated interface that removes
    /// results by their arguments (for <c>ICatalog</c> it is <c>ICatalogCache</c>) with the same lifetime, and the cache with its defaults if
    /// <see cref="AddProDevCaching"/> has not.
    /// </summary>
    /// <param name="services">The services that hold the registration.</param>
    /// <typeparam name="T">
    /// An interface with <see cref="CachedAttribute"/>, <see cref="CachePutAttribute"/> or <see cref="CacheInvalidatesAttribute"/> on a method it declares or
    /// inherits. A generic one must be closed here, for its decorator is written for this very call. If only the open generic service is
    /// registered, the closed one is decorated and all others stay as they are.
    /// </typeparam>
    /// <returns>The same services. Decorating a second time in a row changes nothing.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The service is not registered, or no decorator was generated for it. The message says what to do.
    /// </exception>
    public static IServiceCollection DecorateWithCache<T>(this IServiceCollection services)
        where T : class => DecorateWithCache<T>(services, serviceKey: null);

    /// <summary>As <see cref="DecorateWithCache{T}(IServiceCollection)"/>, for a registration with a key. Each key has its own results.</summary>
    /// <remarks>
    /// An implementation type that asks for its key with <see cref="ServiceKeyAttribute"/> must be registered with a factory,
    /// which gets the key; the container makes the decorated type under another one.
    /// </remarks>
    /// <param name="services">The services that hold the registration.</param>
    /// <param name="serviceKey">The key of the registration; null: the one without a key.</param>
    /// <typeparam name="T">
    /// An interface with <see cref="CachedAttribute"/>, <see cref="CachePutAttribute"/> or <see cref="CacheInvalidatesAttribute"/> on a method it declares or
    /// inherits. A generic one must be closed here, for its decorator is written for this very call. If only the open generic service is
    /// registered, the closed one is decorated and all others stay as they are.
    /// </typeparam>
    /// <returns>The same services. Decorating a second time in a row changes nothing.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="serviceKey"/> is <see cref="KeyedService.AnyKey"/>.</exception>
    /// <exception cref="InvalidOperationException">
    /// The service is not registered under the key, or no decorator was generated for it. The message says what to do.
    /// </exception>
    public static IServiceCollection DecorateWithCache<T>(this IServiceCollection services, object? serviceKey)
        where T : class
    {
        if (ServiceDecorator.Decorate<T>(services, serviceKey, Decoration) is { } registration)
            InvalidatorSlot<T>.AddTo(services, registration);
        services.AddProDevCaching();
        return services;
    }

    private static void AddOptions(IServiceCollection services, string name, Action<ProDevCachingOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<CultureKeyPart>();
        services.TryAddSingleton<UICultureKeyPart>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ProDevCachingOptions>, ProDevCachingOptionsValidator>());
        var options = services.AddOptions<ProDevCachingOptions>(name).ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
    }

    private static ProDevHybridCache Create(IServiceProvider provider, object? serviceKey)
    {
        var name = serviceKey is null ? CacheParts.DefaultName : NameOf(serviceKey);
        var logger = new HarmlessLogger(provider.GetService<ILoggerFactory>()?.CreateLogger<ProDevHybridCache>() ?? (ILogger)NullLogger.Instance);
        var options = provider.GetRequiredService<IOptionsMonitor<ProDevCachingOptions>>().Get(NameOf(serviceKey));
        var time = provider.GetService<TimeProvider>() ?? TimeProvider.System;
        var serializers = new CacheSerializers(provider, serviceKey, name, logger);
        var timeout = options.DefaultEntryOptions.DistributedHardTimeout ?? CachingDefaults.DistributedHardTimeout;
        return new ProDevHybridCache(
            options,
            new CacheParts
            {
                Name = name,
                Time = time,
                Logger = logger,
                Serializers = serializers,
                SecondLevel = SecondLevel.Create(provider, serviceKey, serializers, name, time, logger, timeout),
            });
    }

    private static string NameOf(object? serviceKey) => serviceKey?.ToString() ?? Options.Options.DefaultName;
}
