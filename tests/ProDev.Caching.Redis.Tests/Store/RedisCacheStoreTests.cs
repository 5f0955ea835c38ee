using StackExchange.Redis;

namespace ProDev.Caching.Redis.Tests;

[Trait("Requires", "Redis")]
public sealed class RedisCacheStoreTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TwoNodes _nodes = new();

    private IDistributedCacheStore A => _nodes.A.Store;

    private IDistributedCacheStore B => _nodes.B.Store;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _nodes.DisposeAsync();

    [Fact]
    public async Task AnswersThePayloadOfAnotherNode_WhenItWasWritten()
    {
        var payload = Payload.Of(generation: 7);

        Assert.True(await A.WriteAsync("city:5", payload, Minute, expectedGeneration: null, default));

        Assert.Equal(payload, (await B.ReadAsync("city:5", ["*"], default)).Payload);
    }

    [Fact]
    public async Task AnswersAnEmptyPayloadAndVersions_WhenThereIsNoEntry()
    {
        var read = await A.ReadAsync("nothing", ["*", "country:FR"], default);

        Assert.True(read.Payload.IsEmpty);
        Assert.All(read.TagVersions, version => Assert.True(version > 0));
        Assert.Equal(2, read.TagVersions.Length);
    }

    [Fact]
    public async Task KeepsEntriesTagsAndLocksApart_WhenTheyHaveTheSameName()
    {
        await using var held = await _nodes.A.Locks.TryAcquireAsync("same", default);
        var versions = await A.ReadTagVersionsAsync(["same"], default);
        await A.WriteAsync("same", Payload.Of(1), Minute, null, default);

        var read = await B.ReadAsync("same", ["same"], default);

        Assert.Equal(Payload.Of(1), read.Payload);
        Assert.Equal(versions, read.TagVersions);
        Assert.Null(await _nodes.B.Locks.TryAcquireAsync("same", default));
    }

    [Fact]
    public async Task RemovesTheEntryInTime_WhenItHasAnExpiration()
    {
        await A.WriteAsync("city", Payload.Of(1), TimeSpan.FromMinutes(10), null, default);
        await A.WriteAsync("brief", Payload.Of(1), TimeSpan.FromTicks(1), expectedGeneration: 0, default);

        var database = await _nodes.A.DatabaseAsync();

        Assert.InRange((await database.KeyTimeToLiveAsync(_nodes.A.Keys.Entry("city")))!.Value, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        await Eventually.IsTrueAsync(async () => (await A.ReadAsync("brief", [], default)).Payload.IsEmpty);
    }

    [Theory]
    [InlineData(0L, null, true)] // No entry: anything but a certain generation.
    [InlineData(0L, 0L, true)]
    [InlineData(0L, 5L, false)]
    [InlineData(5L, null, true)] // An entry: no condition, or its own generation.
    [InlineData(5L, 5L, true)]
    [InlineData(5L, 0L, false)]
    [InlineData(5L, 6L, false)]
    [InlineData(5L, 5L << 56, false)] // The same bytes in the other order.
    [InlineData(long.MinValue, long.MinValue, true)] // All bits of a generation count.
    [InlineData(-1L, -1L, true)]
    [InlineData(-1L, 255L, false)]
    public async Task WritesOnlyOverTheExpectedGeneration_WhenThereIsACondition(long held, long? expected, bool isWritten)
    {
        if (held != 0)
            await A.WriteAsync("city", Payload.Of(held), Minute, null, default);

        Assert.Equal(isWritten, await B.WriteAsync("city", Payload.Of(99), Minute, expected, default));

        var now = (await A.ReadAsync("city", [], default)).Payload.ToArray();
        Assert.Equal(isWritten ? Payload.Of(99) : held == 0 ? [] : Payload.Of(held), now);
    }

    [Fact]
    public async Task LetsOneWriterWin_WhenTwoExpectTheSameGeneration()
    {
        for (var round = 1L; round <= 100; round++)
        {
            var expected = round - 1;
            var both = await Task.WhenAll(
                A.WriteAsync("city", Payload.Of(round, length: 24), Minute, expected, default).AsTask(),
                B.WriteAsync("city", Payload.Of(round, length: 32), Minute, expected, default).AsTask());

            Assert.Single(both, written => written);
            Assert.Equal(both[0] ? 24 : 32, (await A.ReadAsync("city", [], default)).Payload.Length);
        }
    }

    [Fact]
    public async Task ExpiresTheEntry_WhenItWasWrittenUnderACondition()
    {
        await A.WriteAsync("city", Payload.Of(1), Minute, expectedGeneration: 0, default);

        var left = await (await _nodes.A.DatabaseAsync()).KeyTimeToLiveAsync(_nodes.A.Keys.Entry("city"));

        Assert.InRange(left!.Value, TimeSpan.FromSeconds(1), Minute);
    }

    [Fact]
    public async Task ThrowsWithTheToken_WhenTheCallerHasCancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => A.ReadAsync("city", ["*"], cancelled.Token).AsTask());

        Assert.Equal(cancelled.Token, error.CancellationToken);
    }

    [Fact]
    public async Task LetsTheFaultOut_WhenTheKeyHoldsSomethingElse()
    {
        var database = await _nodes.A.DatabaseAsync();
        await database.ListLeftPushAsync(_nodes.A.Keys.Tag("odd"), "value");

        await Assert.ThrowsAsync<RedisServerException>(() => A.InvalidateTagAsync("odd", default).AsTask());
    }
}
