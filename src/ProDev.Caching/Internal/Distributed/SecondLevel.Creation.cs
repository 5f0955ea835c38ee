using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ProDev.Caching.Internal;

internal sealed partial class SecondLevel
{
    /// <summary>The second level of a cache, where one is registered.</summary>
    /// <param name="services">The services of the cache.</param>
    /// <param name="serviceKey">The key of the cache; null: the cache without one.</param>
    /// <param name="serializers">The serializers of the cache.</param>
    /// <param name="name">The name of the cache in logs.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <param name="timeout">How long the calls wait that have no settings: removals, invalidations, notices.</param>
    public static SecondLevel? Create(
        IServiceProvider services, object? serviceKey, CacheSerializers serializers, string name, TimeProvider time, ILogger logger, TimeSpan timeout)
    {
        if (Service<IDistributedCacheStore>(services, serviceKey) is not { } store)
            return null;
        var options = services.GetRequiredService<IOptionsMonitor<SecondLevelOptions>>();
        return new SecondLevel(new SecondLevelParts
        {
            Store = store,
            Backplane = Service<ICacheBackplane>(services, serviceKey),
            Locks = Service<ICacheLoadLocks>(services, serviceKey),
            Options = options.Get(serviceKey?.ToString() ?? Microsoft.Extensions.Options.Options.DefaultName),
            Serializers = serializers,
            Name = name,
            Time = time,
            Logger = logger,
            Timeout = timeout,
        });
    }

    private static T? Service<T>(IServiceProvider services, object? serviceKey)
        where T : class => serviceKey is null ? services.GetService<T>() : services.GetKeyedService<T>(serviceKey);
}
