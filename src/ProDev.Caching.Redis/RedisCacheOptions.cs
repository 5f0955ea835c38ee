namespace ProDev.Caching.Redis;

/// <summary>
/// The settings of a cache's second level in Redis. They can be bound from configuration and are checked when the host starts, or else
/// when the cache is first used; all faults are reported together. Changes after that have no effect. All processes that share a cache
/// use the same settings.
/// </summary>
public sealed class RedisCacheOptions
{
    /// <summary>
    /// Where Redis is, in the words of StackExchange.Redis: <c>cache.example.org:6379,password=…,ssl=true</c>. The connection is made in the
    /// background at first use, belongs to this cache and is closed with it. Whether Redis can be reached then does not matter.
    /// </summary>
    /// <value>
    /// The default is <see langword="null"/>: the registered <see cref="StackExchange.Redis.IConnectionMultiplexer"/> is used, the one under the
    /// cache's own key before the one without a key. It stays the application's, which also decides how it behaves while Redis is away:
    /// with <see cref="StackExchange.Redis.BacklogPolicy.FailFast"/> and without <c>abortConnect</c> it behaves as a connection made here.
    /// </value>
    public string? Configuration { get; set; }

    /// <summary>
    /// What the names of all keys and channels of this cache begin with. Two caches on one Redis need different ones, and none may be the
    /// beginning of another. On a Redis Cluster it must contain a hash tag such as <c>{shop}:</c>, which puts the whole cache on one node;
    /// without one every call is refused there.
    /// </summary>
    /// <value>
    /// The default is <see langword="null"/>: <c>{prodev:cache}:</c>, and <c>{prodev:cache/NAME}:</c> for the cache under the key <c>NAME</c>.
    /// </value>
    public string? KeyPrefix { get; set; }

    /// <summary>
    /// How often each process announces how many notices it has sent, by which others notice a lost last one. So a notice that is lost while
    /// both sides are connected is made up for after this time. From 100 ms to 1 hour.
    /// </summary>
    /// <value>The default is 5 s.</value>
    public TimeSpan HeartbeatInterval { get; set; } = RedisCacheDefaults.HeartbeatInterval;

    /// <summary>
    /// How long the lock of a load outlives a process that has died. It is renewed every third of that while the load runs. From
    /// 100 ms to 1 hour.
    /// </summary>
    /// <value>The default is 10 s.</value>
    public TimeSpan LoadLockLease { get; set; } = RedisCacheDefaults.LoadLockLease;

    /// <summary>The key of the cache, for the lookup of a registered multiplexer. Set at registration.</summary>
    internal object? ServiceKey { get; set; }
}
