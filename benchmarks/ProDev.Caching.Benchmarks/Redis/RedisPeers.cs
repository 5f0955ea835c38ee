using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace ProDev.Caching.Benchmarks;

/// <summary>The caches, each over a connection of its own: all with JSON, entries for an hour, and otherwise their defaults.</summary>
internal static class RedisPeers
{
    public static readonly RedisPeer ProDev = new HybridPeer(static (services, redis, prefix) => AddProDev(services, redis, prefix));

    /// <summary>Values are compressed from 4 KiB on, which takes time here and saves it on a network and on a server; the peers do not.</summary>
    public static readonly RedisPeer ProDevUncompressed = new HybridPeer(static (services, redis, prefix) =>
        AddProDev(services, redis, prefix).ConfigureSecondLevel(static options => options.CompressionThreshold = null));

    /// <summary>As for a type that is neither proven nor declared immutable: nobody may share the value that was read.</summary>
    public static readonly RedisPeer ProDevCopied = new HybridPeer(static (services, redis, prefix) => AddProDev(services, redis, prefix).Services
        .Configure<ProDevCachingOptions>(static options => options.DefaultEntryOptions.Isolation = ValueIsolation.Copy));

    public static readonly RedisPeer Microsoft = new HybridPeer(static (services, redis, prefix) =>
    {
        services.AddStackExchangeRedisCache(options =>
        {
            options.ConnectionMultiplexerFactory = () => Task.FromResult(redis);
            options.InstanceName = prefix;
        });
        services.AddHybridCache(static options => options.DefaultEntryOptions = new HybridCacheEntryOptions { Expiration = TimeSpan.FromHours(1) })
            .AddSerializer<Blob, BlobSerializer>();
    });

    public static readonly RedisPeer Fusion = new FusionPeer();

    private static IProDevCachingBuilder AddProDev(IServiceCollection services, IConnectionMultiplexer redis, string prefix)
    {
        services.AddSingleton(redis);
        services.AddSingleton<IHybridCacheSerializer<Blob>, BlobSerializer>();
        return services.AddProDevCaching(static options => options.DefaultEntryOptions.Expiration = TimeSpan.FromHours(1))
            .UseRedis(options => options.KeyPrefix = prefix);
    }
}
