using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace ProDev.Caching.Benchmarks;

/// <summary>A cache that is a HybridCache.</summary>
internal sealed class HybridPeer(Action<IServiceCollection, IConnectionMultiplexer, string> register) : RedisPeer
{
    private const string Key = "town";

    private static readonly HybridCacheEntryOptions PastMemory = new() { Flags = HybridCacheEntryFlags.DisableLocalCache };

    public override ServiceProvider Build(IConnectionMultiplexer redis, string prefix)
    {
        var services = new ServiceCollection();
        register(services, redis, prefix);
        return services.BuildServiceProvider();
    }

    public override async Task<Func<ValueTask<T>>> OpenAsync<T>(IServiceProvider provider, T value, string[] tags)
    {
        var cache = provider.GetRequiredService<HybridCache>();
        await cache.SetAsync(Key, value, tags: tags);
        return () => cache.GetOrCreateAsync(Key, Hit.Unexpected<T>, PastMemory, tags);
    }
}
