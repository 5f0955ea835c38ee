using StackExchange.Redis;

namespace ProDev.Caching.Redis.Tests;

/// <summary>Redis is killed as by kill -9 and comes back empty. Two nodes must be told, and go on.</summary>
[Trait("Requires", "Redis")]
public sealed class KilledServerTests : IAsyncLifetime
{
    private static readonly CacheNotice Notice = new(CacheNoticeKind.TagInvalidated, "country:FR");

    private RedisServerProcess _server = null!;
    private RedisNode _a = null!;
    private RedisNode _b = null!;

    public async Task InitializeAsync()
    {
        _server = await RedisServerProcess.StartNewAsync();
        var prefix = TestRedis.NewPrefix();
        _a = new RedisNode(_server.Configuration, prefix);
        _b = new RedisNode(_server.Configuration, prefix);
    }

    public async Task DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task FailsStoreCallsAtOnceAndAnswersAgain_WhenItWasAway()
    {
        await _a.Store.InvalidateTagAsync("country:FR", default);
        var before = await _a.Store.ReadAsync("city", ["*", "country:FR"], default);
        Assert.True(await _a.Store.WriteAsync("city", Payload.Of(1), TimeSpan.FromMinutes(1), expectedGeneration: 0, default));

        await _server.KillAsync();
        await _a.FailedAsync(ConnectionType.Interactive);

        Task[] calls =
        [
            _a.Store.ReadAsync("city", ["*"], default).AsTask(), _a.Store.ReadTagVersionsAsync(["*"], default).AsTask(),
            _a.Store.WriteAsync("city", Payload.Of(1), TimeSpan.FromMinutes(1), 1, default).AsTask(), _a.Store.InvalidateTagAsync("*", default).AsTask(),
        ];
        Assert.All(calls, call => Assert.True(call.IsFaulted)); // At once: nothing was waited for.
        foreach (var call in calls)
            await Assert.ThrowsAsync<RedisConnectionException>(() => call);

        await _server.StartAsync();
        await _a.RestoredAsync(ConnectionType.Interactive);

        // All scripts are unknown to the new server, and all versions are lost.
        var after = await _a.Store.ReadAsync("city", ["*", "country:FR"], default);
        Assert.True(after.Payload.IsEmpty);
        Assert.True(after.TagVersions[0] > before.TagVersions[0]);
        Assert.True(after.TagVersions[1] > before.TagVersions[1]);
        await _a.Store.InvalidateTagAsync("*", default);
        Assert.True(await _a.Store.WriteAsync("city", Payload.Of(2), TimeSpan.FromMinutes(1), expectedGeneration: 0, default));
    }

    [Fact]
    public async Task SaysMissedToBothNodesAndDeliversAgain_WhenItWasAway()
    {
        await _a.ListenAsync();
        await _b.ListenAsync();
        await _server.KillAsync();
        await Task.WhenAll(_a.FailedAsync(ConnectionType.Subscription), _b.FailedAsync(ConnectionType.Subscription));

        await _a.Backplane.PublishAsync(Notice, default); // Dropped, and no fault of the caller.

        await _server.StartAsync();
        await Task.WhenAll(_a.MissedAsync(), _b.MissedAsync());

        await Task.WhenAll(_a.RestoredAsync(ConnectionType.Interactive), _b.RestoredAsync(ConnectionType.Interactive));
        await _a.ListenersAsync(2);
        await _a.Backplane.PublishAsync(Notice, default);
        await _b.Backplane.PublishAsync(Notice, default);
        Assert.Equal(Notice, await _b.ReceivedAsync());
        Assert.Equal(Notice, await _a.ReceivedAsync());
    }

    [Fact]
    public async Task GivesTheLockToAnother_WhenTheHoldersWasLost()
    {
        var lost = (LoadLock)(await _a.Locks.TryAcquireAsync("city", default))!;
        Assert.Null(await _b.Locks.TryAcquireAsync("city", default));
        await _server.KillAsync();
        await Task.WhenAll(_a.FailedAsync(ConnectionType.Interactive), _b.FailedAsync(ConnectionType.Interactive));

        await Assert.ThrowsAsync<RedisConnectionException>(() => _b.Locks.TryAcquireAsync("city", default).AsTask());
        await Assert.ThrowsAsync<RedisConnectionException>(() => _b.Locks.WaitAsync("city", default).AsTask());
        _a.Time.Advance(TimeSpan.FromSeconds(4)); // A renewal that fails.

        await _server.StartAsync();
        await Task.WhenAll(_a.RestoredAsync(ConnectionType.Interactive), _b.RestoredAsync(ConnectionType.Interactive));
        var held = await _b.Locks.TryAcquireAsync("city", default);
        Assert.NotNull(held);
        await Eventually.IsTrueAsync(async () =>
        {
            _a.Time.Advance(TimeSpan.FromSeconds(4));
            await (await _a.DatabaseAsync()).PingAsync();
            return !lost.IsHeld;
        });

        await lost.DisposeAsync();
        Assert.Null(await _a.Locks.TryAcquireAsync("city", default));

        var wait = _a.Locks.WaitAsync("city", default).AsTask();
        await held.DisposeAsync();
        await wait.WaitAsync(RedisNode.Patience);
        Assert.NotNull(await _a.Locks.TryAcquireAsync("city", default));
    }

    [Fact]
    public async Task DoesNotDisturbTheHolder_WhenItDiesWhileTheLockIsReleased()
    {
        var held = await _a.Locks.TryAcquireAsync("city", default);
        await _server.KillAsync();
        await _a.FailedAsync(ConnectionType.Interactive);

        await held!.DisposeAsync();
    }
}
