using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProDev.Caching;
using ProDev.Caching.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Gives a cache Redis as its second level.</summary>
public static class RedisCachingBuilderExtensions
{
    /// <summary>
    /// Shares the cache's entries with all processes that use the same Redis, tells them of changes, and lets one of them at a time load a
    /// key. Redis need not be reachable, now or later: while it is not, the cache works from memory alone.
    /// </summary>
    /// <param name="builder">The builder of the cache, with or without a key.</param>
    /// <param name="configuration">Where Redis is, as in <c>localhost:6379</c>; see <see cref="RedisCacheOptions.Configuration"/>.</param>
    /// <returns>The same builder. Calling it again only adds to the settings.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="configuration"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="configuration"/> is empty or white space.</exception>
    public static IProDevCachingBuilder UseRedis(this IProDevCachingBuilder builder, string configuration)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(configuration);
        return builder.UseRedis(options => options.Configuration = configuration);
    }

    /// <summary>As <see cref="UseRedis(IProDevCachingBuilder, string)"/>, with all settings.</summary>
    /// <param name="builder">The builder of the cache, with or without a key.</param>
    /// <param name="configure">
    /// Sets options; null: the registered multiplexer and the defaults, or what the application binds to <see cref="RedisCacheOptions"/>. A
    /// cache with a key has options named by the key's text.
    /// </param>
    /// <returns>The same builder. Calling it again only adds to the settings.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IProDevCachingBuilder UseRedis(this IProDevCachingBuilder builder, Action<RedisCacheOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var (services, key) = (builder.Services, builder.ServiceKey);
        var options = services.AddOptions<RedisCacheOptions>(NameOf(key)).Configure(options => options.ServiceKey = key).ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedisCacheOptions>, RedisCacheOptionsValidator>());
        services.TryAdd(Describe(key, static (provider, key) => RedisConnectionFactory.Create(provider, OptionsOf(provider, key))));
        services.TryAdd(Describe(key, static (provider, key) => new RedisKeys(OptionsOf(provider, key).KeyPrefix ?? RedisKeys.DefaultPrefix(NameOf(key)))));
        services.TryAdd(Describe<IDistributedCacheStore>(key, static (provider, key) => new RedisCacheStore(
            provider.GetRequiredKeyedService<RedisConnection>(key), provider.GetRequiredKeyedService<RedisKeys>(key))));
        services.TryAdd(Describe<ICacheBackplane>(key, static (provider, key) => new RedisCacheBackplane(
            provider.GetRequiredKeyedService<RedisConnection>(key), provider.GetRequiredKeyedService<RedisKeys>(key), OptionsOf(provider, key), TimeOf(provider))));
        services.TryAdd(Describe<ICacheLoadLocks>(key, static (provider, key) => new RedisLoadLocks(
            provider.GetRequiredKeyedService<RedisConnection>(key), provider.GetRequiredKeyedService<RedisKeys>(key), OptionsOf(provider, key), TimeOf(provider))));
        return builder;
    }

    // With a null key a descriptor, like a lookup, is one without a key.
    private static ServiceDescriptor Describe<TService>(object? key, Func<IServiceProvider, object?, TService> create)
        where TService : class => new(typeof(TService), key, create, ServiceLifetime.Singleton);

    private static RedisCacheOptions OptionsOf(IServiceProvider provider, object? key) =>
        provider.GetRequiredService<IOptionsMonitor<RedisCacheOptions>>().Get(NameOf(key));

    private static TimeProvider TimeOf(IServiceProvider provider) => provider.GetService<TimeProvider>() ?? TimeProvider.System;

    private static string NameOf(object? key) => key?.ToString() ?? Options.Options.DefaultName;
}
