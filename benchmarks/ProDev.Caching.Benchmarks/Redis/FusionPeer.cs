using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using ZiggyCreatures.Caching.Fusion;
using ZiggyCreatures.Caching.Fusion.Backplane.StackExchangeRedis;
using ZiggyCreatures.Caching.Fusion.Serialization.SystemTextJson;

namespace ProDev.Caching.Benchmarks;

/// <summary>FusionCache by its own interface, with its backplane.</summary>
internal sealed class FusionPeer : RedisPeer
{
    private const string Key = "town";

    public override ServiceProvider Build(IConnectionMultiplexer redis, string prefix)
    {
        var services = new ServiceCollection();
        services.AddFusionCache()
            .WithDefaultEntryOptions(options => options.Duration = TimeSpan.FromHours(1))
            .WithSerializer(new FusionCacheSystemTextJsonSerializer())
            .WithDistributedCache(new RedisCache(new RedisCacheOptions { ConnectionMultiplexerFactory = () => Task.FromResult(redis), InstanceName = prefix }))
            .WithBackplane(new RedisBackplane(new RedisBackplaneOptions { ConnectionMultiplexerFactory = () => Task.FromResult(redis) }));
        return services.BuildServiceProvider();
    }

    public override async Task<Func<ValueTask<T>>> OpenAsync<T>(IServiceProvider provider, T value, string[] tags)
    {
        var cache = provider.GetRequiredService<IFusionCache>();
        await cache.SetAsync(Key, value, tags: tags);
        var pastMemory = cache.DefaultEntryOptions.Duplicate().SetSkipMemoryCache();
        return () => cache.GetOrSetAsync<T>(Key, Hit.UnexpectedTask, pastMemory, tags);
    }
}
