using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace ProDev.Caching.Redis.Snippets;

public sealed class ReadmeSnippets
{
    [Fact]
    public void RegistersRedis_AsTheReadmeSays()
    {
        var services = new ServiceCollection();

        #region snippet: caching-redis-register
        services.AddProDevCaching().UseRedis("localhost:6379");
        #endregion

        using var provider = services.BuildServiceProvider();
        Assert.IsType<RedisCacheStore>(provider.GetRequiredService<IDistributedCacheStore>());
    }

    [Fact]
    public void UsesTheApplicationsConnection_AsTheReadmeSays()
    {
        var services = new ServiceCollection();
        IConnectionMultiplexer multiplexer = null!;

        #region snippet: caching-redis-multiplexer
        services.AddSingleton<IConnectionMultiplexer>(_ => multiplexer);
        services.AddProDevCaching().UseRedis(options => options.KeyPrefix = "{shop}:");
        #endregion

        using var provider = services.BuildServiceProvider();
        Assert.IsType<RedisCacheStore>(provider.GetRequiredService<IDistributedCacheStore>());
    }
}
