using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace ProDev.Caching.Redis;

/// <summary>Makes the connection that the options ask for.</summary>
internal static class RedisConnectionFactory
{
    public static RedisConnection Create(IServiceProvider services, RedisCacheOptions options)
    {
        var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        return options.Configuration is { } configuration
            ? new RedisConnection(() => ConnectAsync(configuration), isOwned: true, time)
            : new RedisConnection(() => Task.FromResult(Registered(services, options.ServiceKey)), isOwned: false, time);
    }

    public static async Task<IConnectionMultiplexer> ConnectAsync(string configuration)
    {
        var settings = ConfigurationOptions.Parse(configuration);
        settings.AbortOnConnectFail = false;
        // A call that cannot be answered is of no use later: the cache goes on without its second level at once.
        settings.BacklogPolicy = BacklogPolicy.FailFast;
        settings.ReconnectRetryPolicy = new LinearRetry((int)RedisCacheDefaults.ReconnectInterval.TotalMilliseconds);
        return await ConnectionMultiplexer.ConnectAsync(settings).ConfigureAwait(false);
    }

    private static IConnectionMultiplexer Registered(IServiceProvider services, object? serviceKey) =>
        (serviceKey is null ? null : services.GetKeyedService<IConnectionMultiplexer>(serviceKey))
        ?? services.GetRequiredService<IConnectionMultiplexer>();
}
