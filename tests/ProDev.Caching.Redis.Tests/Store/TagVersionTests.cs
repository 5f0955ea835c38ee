namespace ProDev.Caching.Redis.Tests;

[Trait("Requires", "Redis")]
public sealed class TagVersionTests : IAsyncLifetime
{
    private readonly TwoNodes _nodes = new();

    private IDistributedCacheStore A => _nodes.A.Store;

    private IDistributedCacheStore B => _nodes.B.Store;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _nodes.DisposeAsync();

    [Fact]
    public async Task StaysTheSameForAllNodes_WhenNothingWasInvalidated()
    {
        var first = await A.ReadTagVersionsAsync(["*", "a", "b"], default);

        Assert.Equal(first, await A.ReadTagVersionsAsync(["*", "a", "b"], default));
        Assert.Equal(first, (await B.ReadAsync("any", ["*", "a", "b"], default)).TagVersions);
        Assert.Equal([first[2], first[0]], await B.ReadTagVersionsAsync(["b", "*"], default));
    }

    [Fact]
    public async Task IsOneForAll_WhenManyReadersFindATagWithout()
    {
        var reads = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => (i % 2 == 0 ? A : B).ReadTagVersionsAsync(["new"], default).AsTask()));

        Assert.Single(reads.Select(versions => versions[0]).Distinct());
    }

    [Fact]
    public async Task ChangesForAllNodes_WhenTheTagIsInvalidated()
    {
        var before = await A.ReadTagVersionsAsync(["a", "b"], default);

        await B.InvalidateTagAsync("a", default);

        var after = await A.ReadTagVersionsAsync(["a", "b"], default);
        Assert.True(after[0] > before[0]);
        Assert.Equal(before[1], after[1]);
    }

    [Fact]
    public async Task NeverReturns_WhenTheTagIsInvalidatedAsFastAsItGoes()
    {
        var seen = new HashSet<long>();
        for (var round = 0; round < 200; round++)
        {
            await A.InvalidateTagAsync("a", default);
            Assert.True(seen.Add((await B.ReadTagVersionsAsync(["a"], default))[0]));
        }
    }

    [Fact]
    public async Task IsLaterThanAllBefore_WhenTheTagWasLost()
    {
        await A.InvalidateTagAsync("a", default);
        await A.InvalidateTagAsync("a", default);
        var before = await A.ReadTagVersionsAsync(["a"], default);
        await (await _nodes.A.DatabaseAsync()).KeyDeleteAsync(_nodes.A.Keys.Tag("a"));

        var after = await B.ReadTagVersionsAsync(["a"], default);

        Assert.True(after[0] > before[0]);
    }

    [Fact]
    public async Task GoesOnFromTheLast_WhenTheServersClockWasSetBack()
    {
        // A version from a clock that was an hour ahead.
        var ahead = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds() * 1000;
        await (await _nodes.A.DatabaseAsync()).StringSetAsync(_nodes.A.Keys.Tag("a"), ahead);

        await A.InvalidateTagAsync("a", default);

        Assert.Equal(ahead + 1, (await B.ReadTagVersionsAsync(["a"], default))[0]);
    }

    [Fact]
    public async Task IsMadeAnew_WhenWhatIsHeldIsNoVersion()
    {
        await (await _nodes.A.DatabaseAsync()).StringSetAsync(_nodes.A.Keys.Tag("a"), "something else");

        var versions = await A.ReadTagVersionsAsync(["a"], default);

        Assert.True(versions[0] > 0);
        Assert.Equal(versions, await B.ReadTagVersionsAsync(["a"], default));
    }

    [Fact]
    public async Task IsKeptForThirtyDaysFromItsLastChange_UnlessItIsThatOfEverything()
    {
        var database = await _nodes.A.DatabaseAsync();
        await A.ReadTagVersionsAsync(["*", "a"], default);
        await database.KeyExpireAsync(_nodes.A.Keys.Tag("a"), TimeSpan.FromDays(1));
        await A.InvalidateTagAsync("a", default);
        await A.ReadTagVersionsAsync(["b"], default);
        await A.InvalidateTagAsync("*", default);

        foreach (var tag in new[] { "a", "b" })
            Assert.InRange((await database.KeyTimeToLiveAsync(_nodes.A.Keys.Tag(tag)))!.Value, TimeSpan.FromDays(29), TimeSpan.FromDays(30));
        Assert.True(await database.KeyExistsAsync(_nodes.A.Keys.Tag("*")));
        Assert.Null(await database.KeyTimeToLiveAsync(_nodes.A.Keys.Tag("*")));
    }

    [Fact]
    public async Task AsksNobody_WhenThereAreNoTags()
    {
        Assert.Empty(await A.ReadTagVersionsAsync([], default));
    }
}
