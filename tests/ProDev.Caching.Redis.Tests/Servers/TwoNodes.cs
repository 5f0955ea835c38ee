namespace ProDev.Caching.Redis.Tests;

/// <summary>Two processes' worth of a cache on the shared Redis, under a prefix of their own.</summary>
internal sealed class TwoNodes : IAsyncDisposable
{
    private readonly string _prefix = TestRedis.NewPrefix();

    public TwoNodes(RedisCacheOptions? options = null)
    {
        A = new RedisNode(TestRedis.Configuration, _prefix, options);
        B = new RedisNode(TestRedis.Configuration, _prefix, options);
    }

    public RedisNode A { get; }

    public RedisNode B { get; }

    public async ValueTask DisposeAsync()
    {
        await A.DisposeAsync();
        await B.DisposeAsync();
        await TestRedis.DeleteAsync(_prefix);
    }
}
