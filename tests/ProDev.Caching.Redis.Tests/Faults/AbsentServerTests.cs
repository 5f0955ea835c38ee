using StackExchange.Redis;

namespace ProDev.Caching.Redis.Tests;

/// <summary>Nothing listens when the nodes begin; the server comes later.</summary>
[Trait("Requires", "Redis")]
public sealed class AbsentServerTests : IAsyncLifetime
{
    private static readonly CacheNotice Notice = new(CacheNoticeKind.KeyRemoved, "city");

    private readonly RedisServerProcess _server = RedisServerProcess.Reserve();
    private readonly RedisNode _a;
    private readonly RedisNode _b;

    public AbsentServerTests()
    {
        var prefix = TestRedis.NewPrefix();
        _a = new RedisNode(_server.Configuration, prefix);
        _b = new RedisNode(_server.Configuration, prefix);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task IsNoFaultForGood_WhenTheServerComesLater()
    {
        _b.StartListening();
        await Assert.ThrowsAsync<RedisConnectionException>(() => _a.Store.ReadAsync("city", ["*"], default).AsTask());
        await Assert.ThrowsAsync<RedisConnectionException>(() => _a.Locks.TryAcquireAsync("city", default).AsTask());
        await _a.Backplane.PublishAsync(Notice, default);
        await Assert.ThrowsAsync<RedisConnectionException>(() => _b.Store.ReadAsync("city", ["*"], default).AsTask()); // Its first attempt to connect is over.
        for (var attempt = 0; attempt < 5; attempt++)
        {
            // Attempts to subscribe that fail must not add up to several subscriptions.
            _b.Time.Advance(TimeSpan.FromSeconds(1));
            await Assert.ThrowsAsync<RedisConnectionException>(() => _b.Store.ReadAsync("city", ["*"], default).AsTask());
        }

        await _server.StartAsync();
        await Task.WhenAll(_a.RestoredAsync(ConnectionType.Interactive), _b.RestoredAsync(ConnectionType.Interactive));
        await _b.MissedAsync();
        await _a.ListenersAsync(1);

        Assert.True(await _a.Store.WriteAsync("city", Payload.Of(1), TimeSpan.FromMinutes(1), null, default));
        await _a.Backplane.PublishAsync(Notice, default);
        await _a.Backplane.PublishAsync(Notice with { Subject = "the end" }, default);
        Assert.Equal(Notice, await _b.ReceivedAsync());
        Assert.Equal("the end", (await _b.ReceivedAsync()).Subject);
        await _b.MissedAsync(); // The notice that was dropped before had a number.
    }

    [Fact]
    public async Task LeavesNoSubscriptionBehind_WhenSubscribingFailed()
    {
        var redis = (await _a.DatabaseAsync()).Multiplexer;
        await Assert.ThrowsAsync<RedisConnectionException>(() => ChannelSubscription.OpenAsync(redis.GetSubscriber(), _a.Keys.Notices));

        await _server.StartAsync();
        await _a.RestoredAsync(ConnectionType.Subscription);
        await _a.RestoredAsync(ConnectionType.Interactive);
        await redis.GetSubscriber().PingAsync();

        var channels = await (await _b.DatabaseAsync()).ExecuteAsync("PUBSUB", "NUMSUB", _a.Keys.Notices.ToString());
        Assert.Equal(0, (int)channels[1]);
    }

    [Fact]
    public async Task EndsTheListening_WhenTheServerNeverComes()
    {
        _a.StartListening();

        await _a.StopListeningAsync().WaitAsync(RedisNode.Patience);

        Assert.Equal(0, _a.MissedCount);
    }
}
