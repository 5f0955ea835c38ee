using System.Threading.Channels;

namespace ProDev.Caching.Redis.Tests;

[Trait("Requires", "Redis")]
public sealed class RedisCacheBackplaneTests : IAsyncLifetime
{
    private static readonly CacheNotice End = new(CacheNoticeKind.KeyRemoved, "the end");

    private readonly TwoNodes _nodes = new();

    private RedisNode A => _nodes.A;

    private RedisNode B => _nodes.B;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _nodes.DisposeAsync();

    [Fact]
    public async Task DeliversNoticesInOrderToOthersOnly_WhenTheyArePublished()
    {
        await A.ListenAsync();
        await B.ListenAsync();
        CacheNotice[] notices =
        [
            new(CacheNoticeKind.KeyRemoved, "city:5"), new(CacheNoticeKind.KeyExpired, "city with spaces"), new(CacheNoticeKind.TagInvalidated, "pays:Côte d'Ivoire"), End,
        ];

        foreach (var notice in notices)
            await A.Backplane.PublishAsync(notice, default);
        await B.Backplane.PublishAsync(End, default);

        foreach (var notice in notices)
            Assert.Equal(notice, await B.ReceivedAsync());
        Assert.Equal(End, await A.ReceivedAsync()); // The first it gets, so its own never came.
        Assert.Equal(0, A.MissedCount + B.MissedCount);
    }

    [Fact]
    public async Task MissesNothing_WhenManyThreadsPublish()
    {
        const int Threads = 8;
        const int Each = 1000;
        await B.ListenAsync();
        using var together = new Barrier(Threads);

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                return Task.WhenAll(Enumerable.Range(0, Each).Select(i => A.Backplane.PublishAsync(new(CacheNoticeKind.KeyRemoved, $"{thread}:{i}"), default).AsTask()));
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

        var subjects = new HashSet<string>();
        for (var i = 0; i < Threads * Each; i++)
            Assert.True(subjects.Add((await B.ReceivedAsync()).Subject));
        Assert.Equal(0, B.MissedCount);
    }

    [Fact]
    public async Task SaysMissed_WhenANumberIsMissing()
    {
        await A.ListenAsync();
        var sender = $"{Guid.NewGuid():n}";

        await PublishRawAsync($"1 {sender} 1 R one", $"1 {sender} 3 R three", $"1 {sender} 4 R the end");

        Assert.Equal("one", (await A.ReceivedAsync()).Subject);
        await A.MissedAsync();
        Assert.Equal("three", (await A.ReceivedAsync()).Subject);
        Assert.Equal(End, await A.ReceivedAsync());
        Assert.Equal(0, A.MissedCount);
    }

    [Fact]
    public async Task SaysMissed_WhenAMessageCannotBeRead()
    {
        await A.ListenAsync();

        await PublishRawAsync("9 from the future");

        await A.MissedAsync();
    }

    [Fact]
    public async Task AnnouncesItsLastNumber_WithEveryHeartbeat()
    {
        var heard = Channel.CreateUnbounded<string>();
        await A.ListenAsync();
        await (await B.DatabaseAsync()).Multiplexer.GetSubscriber().SubscribeAsync(A.Keys.Notices, (_, message) => heard.Writer.TryWrite(message.ToString()));
        await A.Backplane.PublishAsync(End, default);
        await A.Backplane.PublishAsync(End, default);

        A.Time.Advance(TimeSpan.FromSeconds(5));

        while (!(await heard.Reader.ReadAsync().AsTask().WaitAsync(RedisNode.Patience)).EndsWith(" 2 H ", StringComparison.Ordinal))
        {
        }
    }

    [Fact]
    public async Task GoesOn_WhenACallbackThrows()
    {
        var received = Channel.CreateUnbounded<CacheNotice>();
        var missed = Channel.CreateUnbounded<bool>();
        await using var listening = A.Backplane.Listen(
            notice =>
            {
                received.Writer.TryWrite(notice);
                throw new InvalidOperationException("The callback failed.");
            },
            () =>
            {
                missed.Writer.TryWrite(true);
                throw new InvalidOperationException("The callback failed.");
            });
        await missed.Reader.ReadAsync().AsTask().WaitAsync(RedisNode.Patience);

        await B.Backplane.PublishAsync(End, default);
        await B.Backplane.PublishAsync(End, default);

        for (var i = 0; i < 2; i++)
        {
            await received.Reader.ReadAsync().AsTask().WaitAsync(RedisNode.Patience);
            await missed.Reader.ReadAsync().AsTask().WaitAsync(RedisNode.Patience); // What the failed callback has done is not known.
        }
    }

    [Fact]
    public async Task IsSilent_WhenTheListeningHasEnded()
    {
        await A.ListenAsync();
        await B.ListenAsync();
        await A.StopListeningAsync();
        await A.StopListeningAsync();

        await B.Backplane.PublishAsync(End, default);
        await PublishRawAsync("unreadable");
        await B.MissedAsync();

        var channels = await (await B.DatabaseAsync()).ExecuteAsync("PUBSUB", "NUMSUB", A.Keys.Notices.ToString());
        Assert.Equal(1, (int)channels[1]);
        Assert.Equal(0, A.MissedCount);
    }

    [Fact]
    public async Task ThrowsWithTheToken_WhenTheCallerHasCancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => A.Backplane.PublishAsync(End, cancelled.Token).AsTask());

        Assert.Equal(cancelled.Token, error.CancellationToken);
    }

    private async Task PublishRawAsync(params string[] messages)
    {
        var subscriber = (await B.DatabaseAsync()).Multiplexer.GetSubscriber();
        foreach (var message in messages)
            await subscriber.PublishAsync(A.Keys.Notices, message);
    }
}
