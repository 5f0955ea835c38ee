using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using ZiggyCreatures.Caching.Fusion;

namespace ProDev.Caching.Benchmarks;

/// <summary>The peers as an application gets them, each in a container of its own: in memory, entries for an hour.</summary>
internal static class Caches
{
    private static readonly TimeSpan Expiration = TimeSpan.FromHours(1);

    /// <summary>Our cache.</summary>
    public static ServiceProvider ProDev()
    {
        var services = new ServiceCollection();
        services.AddProDevCaching(o => o.DefaultEntryOptions.Expiration = Expiration);
        services.AddSingleton<ICityCatalog, CityCatalog>().DecorateWithCache<ICityCatalog>();
        return services.BuildServiceProvider();
    }

    /// <summary>Microsoft's HybridCache, and the MemoryCache that it uses.</summary>
    public static ServiceProvider Microsoft()
    {
        var services = new ServiceCollection();
        services.AddHybridCache(o => o.DefaultEntryOptions = new HybridCacheEntryOptions
        {
            Expiration = Expiration,
            LocalCacheExpiration = Expiration,
        });
        return services.BuildServiceProvider();
    }

    /// <summary>FusionCache, by itself and as a HybridCache.</summary>
    public static ServiceProvider Fusion()
    {
        var services = new ServiceCollection();
        services.AddFusionCache().WithDefaultEntryOptions(o => o.Duration = Expiration).AsHybridCache();
        return services.BuildServiceProvider();
    }
}
