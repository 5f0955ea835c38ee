using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProDev.Caching;
using ProDev.Caching.Internal;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Gives a cache a second level.</summary>
public static class DistributedCachingBuilderExtensions
{
    /// <summary>
    /// Makes the registered <see cref="IDistributedCache"/> the second level: the one under the cache's own key, if there is one, else the one
    /// without a key. Calling it again only adds to the settings; a second level that is registered already stays.
    /// </summary>
    /// <remarks>
    /// <para>Values, their tags and removals are shared with all processes that use the same cache server and
    /// <see cref="SecondLevelOptions.KeyPrefix"/>. An <see cref="IDistributedCache"/> cannot tell the other processes of a change: what
    /// they hold in memory stays there until it expires. For that, and for reads in one round trip, use a package for a certain server.</para>
    /// <para>An <see cref="IDistributedCache"/> cannot compare and write in one step, either: of two processes that write one key at the same moment, the
    /// later one wins, even if its load began before the other's removal. That takes a write between two adjacent calls to the server.</para>
    /// </remarks>
    /// <param name="builder">The cache.</param>
    /// <param name="configure">Sets options; null: the defaults, or what the application binds to <see cref="SecondLevelOptions"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IProDevCachingBuilder UseDistributedCache(this IProDevCachingBuilder builder, Action<SecondLevelOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.ConfigureSecondLevel(configure);
        if (builder.ServiceKey is { } serviceKey)
            builder.Services.TryAddKeyedSingleton<IDistributedCacheStore>(serviceKey, static (provider, key) => Create(provider, key));
        else
            builder.Services.TryAddSingleton<IDistributedCacheStore>(static provider => Create(provider, serviceKey: null));
        return builder;
    }

    /// <summary>
    /// Sets how the second level behaves, whichever store it lies on. For applications that bring an <see cref="IDistributedCacheStore"/> of their own, and for
    /// packages that do; it registers no store.
    /// </summary>
    /// <param name="builder">The cache.</param>
    /// <param name="configure">Sets options; null: the defaults, or what the application binds to <see cref="SecondLevelOptions"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IProDevCachingBuilder ConfigureSecondLevel(this IProDevCachingBuilder builder, Action<SecondLevelOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SecondLevelOptions>, SecondLevelOptionsValidator>());
        var options = builder.Services.AddOptions<SecondLevelOptions>(NameOf(builder.ServiceKey)).ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        return builder;
    }

    private static DistributedCacheStore Create(IServiceProvider provider, object? serviceKey)
    {
        var cache = (serviceKey is null ? null : provider.GetKeyedService<IDistributedCache>(serviceKey)) ?? provider.GetService<IDistributedCache>()
            ?? throw new InvalidOperationException(
                "UseDistributedCache() was called and no IDistributedCache is registered. Register one, for example with AddStackExchangeRedisCache(), " +
                "or leave the call out.");
        var options = provider.GetRequiredService<IOptionsMonitor<SecondLevelOptions>>().Get(NameOf(serviceKey));
        return new DistributedCacheStore(cache, SecondLevelPrefix.Of(options, serviceKey));
    }

    private static string NameOf(object? serviceKey) => serviceKey?.ToString() ?? Options.Options.DefaultName;
}
