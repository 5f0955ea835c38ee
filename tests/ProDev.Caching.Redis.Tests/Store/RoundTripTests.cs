namespace ProDev.Caching.Redis.Tests;

[Trait("Requires", "Redis")]
public sealed class RoundTripTests : IAsyncLifetime
{
    private static readonly string[] Tags = ["*", "country:FR", "kind:city", "tenant:7", "language:fr"];

    private RedisServerProcess _server = null!;
    private TcpProxy _proxy = null!;
    private RedisNode _node = null!;

    public async Task InitializeAsync()
    {
        _server = await RedisServerProcess.StartNewAsync();
        _proxy = new TcpProxy(_server.Port);
        _node = new RedisNode(_proxy.Configuration, TestRedis.NewPrefix());
        // The handshakes of both connections are over when both have answered.
        var database = await _node.DatabaseAsync();
        await database.PingAsync();
        await database.Multiplexer.GetSubscriber().PingAsync();
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task IsOneForAnEntryAndItsTags_WhenTheTagsHaveVersions()
    {
        await _node.Store.ReadTagVersionsAsync(Tags, default);
        await _node.Store.WriteAsync("city", Payload.Of(1), TimeSpan.FromMinutes(1), null, default);

        Assert.Equal(1, await CountAsync(() => _node.Store.ReadAsync("city", Tags, default).AsTask()));
    }

    [Fact]
    public async Task IsTwo_WhenAllTagsAreNew()
    {
        Assert.Equal(2, await CountAsync(() => _node.Store.ReadAsync("city", Tags, default).AsTask()));
    }

    [Fact]
    public async Task IsOneForEachChange_FromTheFirstOn()
    {
        Assert.Equal(1, await CountAsync(() => _node.Store.WriteAsync("city", Payload.Of(1), TimeSpan.FromMinutes(1), null, default).AsTask()));
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(1, await CountAsync(() => _node.Store.WriteAsync("city", Payload.Of(1), TimeSpan.FromMinutes(1), 1, default).AsTask()));
            Assert.Equal(1, await CountAsync(() => _node.Store.InvalidateTagAsync("country:FR", default).AsTask()));
        }
    }

    private async Task<int> CountAsync(Func<Task> call)
    {
        var before = _proxy.RoundTrips;
        await call();
        return _proxy.RoundTrips - before;
    }
}
