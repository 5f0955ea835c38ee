using StackExchange.Redis;

namespace ProDev.Caching.Redis.Tests;

/// <summary>One node alone loses its connection, or gets no answers, while the other goes on.</summary>
[Trait("Requires", "Redis")]
public sealed class CutConnectionTests : IAsyncLifetime
{
    private static readonly CacheNotice Notice = new(CacheNoticeKind.KeyRemoved, "city");

    private RedisServerProcess _server = null!;
    private TcpProxy _proxy = null!;
    private RedisNode _cut = null!;
    private RedisNode _other = null!;

    public async Task InitializeAsync()
    {
        _server = await RedisServerProcess.StartNewAsync();
        _proxy = new TcpProxy(_server.Port);
        var prefix = TestRedis.NewPrefix();
        _cut = new RedisNode(_proxy.Configuration, prefix);
        _other = new RedisNode(_server.Configuration, prefix);
        await _cut.ListenAsync();
        await _other.ListenAsync();
    }

    public async Task DisposeAsync()
    {
        await _cut.DisposeAsync();
        await _other.DisposeAsync();
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task TellsTheListener_WhenItsOwnConnectionWasLost()
    {
        _proxy.Cut();
        await _cut.FailedAsync(ConnectionType.Subscription);
        await _other.Backplane.PublishAsync(Notice, default); // Nobody keeps it for the node that is away.

        _proxy.Mend();

        await _cut.MissedAsync();
        await _other.ListenersAsync(2);
        await _other.Backplane.PublishAsync(Notice with { Subject = "the end" }, default);
        Assert.Equal("the end", (await _cut.ReceivedAsync()).Subject);
    }

    [Fact]
    public async Task TellsTheOthers_WhenASendersLastNoticeWasLost()
    {
        await _cut.Backplane.PublishAsync(Notice, default);
        Assert.Equal(Notice, await _other.ReceivedAsync());
        _proxy.Cut();
        await _cut.FailedAsync(ConnectionType.Interactive);
        await _cut.Backplane.PublishAsync(Notice, default);
        Assert.Equal(0, _other.MissedCount);

        _proxy.Mend();

        await _other.MissedAsync(); // By the heartbeat of a node that has reconnected; there is no further notice.
    }

    [Fact]
    public async Task ReturnsInTheGivenTimeAndLeavesNoLock_WhenTheServerHangs()
    {
        await _cut.Locks.WaitAsync("city", default); // So that all is connected and subscribed.
        _proxy.Hold();
        using var patience = new CancellationTokenSource();
        var attempt = _cut.Locks.TryAcquireAsync("city", patience.Token).AsTask();
        var read = _cut.Store.ReadAsync("city", ["*"], patience.Token).AsTask();

        await patience.CancelAsync();

        Assert.Equal(patience.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => attempt)).CancellationToken);
        Assert.Equal(patience.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read)).CancellationToken);

        _proxy.Release();
        await (await _cut.DatabaseAsync()).PingAsync();
        await Eventually.IsTrueAsync(async () =>
        {
            await using var held = await _other.Locks.TryAcquireAsync("city", default);
            return held is not null;
        });
    }

    [Fact]
    public async Task WritesWhatWasGiven_WhenTheCallerGivesUpAndUsesItsBufferAgain()
    {
        // The server has forgotten the script, which the driver learns late: then it sends everything once more.
        await _cut.Store.WriteAsync("city", Payload.Of(1), TimeSpan.FromMinutes(1), expectedGeneration: 0, default);
        await _cut.Store.WriteAsync("city", Payload.Of(2), TimeSpan.FromMinutes(1), expectedGeneration: 1, default);
        await (await _other.DatabaseAsync()).ExecuteAsync("SCRIPT", "FLUSH");
        var buffer = Payload.Of(generation: 3);
        _proxy.Hold();
        using var patience = new CancellationTokenSource();
        var write = _cut.Store.WriteAsync("city", buffer, TimeSpan.FromMinutes(1), expectedGeneration: 2, patience.Token).AsTask();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);

        Array.Fill(buffer, (byte)'x');
        _proxy.Release();

        var stored = Array.Empty<byte>();
        await Eventually.IsTrueAsync(async () =>
        {
            stored = (await _other.Store.ReadAsync("city", [], default)).Payload.ToArray();
            return !stored.SequenceEqual(Payload.Of(2));
        });
        Assert.Equal(Payload.Of(3), stored);
    }
}
