using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace ProDev.Caching.Benchmarks;

/// <summary>A cache over Redis, as an application sets it up and reads it.</summary>
internal abstract class RedisPeer
{
    /// <summary>Makes a container with the cache in it.</summary>
    public abstract ServiceProvider Build(IConnectionMultiplexer redis, string prefix);

    /// <summary>Stores the value and answers how it is read, past memory and without a load.</summary>
    public abstract Task<Func<ValueTask<T>>> OpenAsync<T>(IServiceProvider provider, T value, string[] tags);
}
