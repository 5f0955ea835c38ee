namespace ProDev.Caching.Redis.Tests;

[Trait("Requires", "Redis")]
public sealed class RedisLoadLocksTests : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private readonly TwoNodes _nodes = new(new RedisCacheOptions { LoadLockLease = Lease });

    private RedisNode A => _nodes.A;

    private RedisNode B => _nodes.B;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _nodes.DisposeAsync();

    [Fact]
    public async Task GivesTheLockToOne_WhenManyAskForIt()
    {
        var locks = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? A : B).Locks.TryAcquireAsync("city", default).AsTask()));

        Assert.Single(locks, held => held is not null);
        Assert.NotNull(await A.Locks.TryAcquireAsync("another", default));
    }

    [Fact]
    public async Task GivesTheLockAgain_WhenItWasReleased()
    {
        var held = await A.Locks.TryAcquireAsync("city", default);
        await held!.DisposeAsync();
        await held.DisposeAsync();

        // On the same connection the release comes first, awaited or not.
        Assert.NotNull(await A.Locks.TryAcquireAsync("city", default));
    }

    [Fact]
    public async Task WakesTheWaiters_WhenTheLockIsReleased()
    {
        var held = await A.Locks.TryAcquireAsync("city", default);
        await B.Locks.WaitAsync("another", default); // B is connected and listens.
        Task[] waits = [B.Locks.WaitAsync("city", default).AsTask(), B.Locks.WaitAsync("city", default).AsTask()];
        await (await B.DatabaseAsync()).PingAsync(); // Both have found the lock taken, for this answer comes after theirs.
        Assert.DoesNotContain(waits, wait => wait.IsCompleted);

        await held!.DisposeAsync();

        await Task.WhenAll(waits).WaitAsync(RedisNode.Patience); // B's clock stands still, so only the announcement can end them.
        Assert.NotNull(await B.Locks.TryAcquireAsync("city", default));
    }

    [Fact]
    public async Task WaitsForNothing_WhenTheLockIsFree()
    {
        await B.Locks.WaitAsync("city", default).AsTask().WaitAsync(RedisNode.Patience);
    }

    [Fact]
    public async Task LooksAgainInTime_WhenNobodyAnnouncesTheRelease()
    {
        await using var held = await A.Locks.TryAcquireAsync("city", default);
        var database = await B.DatabaseAsync();
        var wait = B.Locks.WaitAsync("city", default).AsTask();

        await Eventually.IsTrueAsync(async () =>
        {
            B.Time.Advance(TimeSpan.FromSeconds(1));
            await database.PingAsync();
            return wait.IsCompleted;
        });

        await wait;
    }

    [Fact]
    public async Task EndsTheWaitWithTheToken_WhenTheCallerCancels()
    {
        await using var held = await A.Locks.TryAcquireAsync("city", default);
        using var cancel = new CancellationTokenSource();
        var wait = B.Locks.WaitAsync("city", cancel.Token).AsTask();

        await cancel.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.Equal(cancel.Token, error.CancellationToken);
    }

    [Fact]
    public async Task RenewsTheLease_WhileTheLockIsHeld()
    {
        var database = await A.DatabaseAsync();
        var held = await A.Locks.TryAcquireAsync("city", default);
        await database.KeyExpireAsync(A.Keys.Lock("city"), TimeSpan.FromMinutes(1));

        A.Time.Advance(Lease / 3);

        await Eventually.IsTrueAsync(async () => await database.KeyTimeToLiveAsync(A.Keys.Lock("city")) > TimeSpan.FromMinutes(9));
        await held!.DisposeAsync();
        A.Time.Advance(Lease);
        Assert.False(await database.KeyExistsAsync(A.Keys.Lock("city")));
    }

    [Fact]
    public async Task LeavesTheLockToItsNewHolder_WhenTheLeaseWasLost()
    {
        var database = await A.DatabaseAsync();
        var lost = (LoadLock)(await A.Locks.TryAcquireAsync("city", default))!;
        await database.KeyDeleteAsync(A.Keys.Lock("city"));
        await using var held = await B.Locks.TryAcquireAsync("city", default);
        await database.KeyExpireAsync(A.Keys.Lock("city"), TimeSpan.FromMinutes(1));

        A.Time.Advance(Lease / 3);
        await Eventually.IsTrueAsync(async () =>
        {
            await database.PingAsync();
            return !lost.IsHeld;
        });
        await lost.DisposeAsync();

        Assert.InRange((await database.KeyTimeToLiveAsync(A.Keys.Lock("city")))!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Null(await A.Locks.TryAcquireAsync("city", default));
    }

    [Fact]
    public async Task ReleasesNothing_WhenTheLeaseEndedAndAnotherHolds()
    {
        var lost = await A.Locks.TryAcquireAsync("city", default);
        await (await A.DatabaseAsync()).KeyDeleteAsync(A.Keys.Lock("city"));
        await using var held = await B.Locks.TryAcquireAsync("city", default);

        await lost!.DisposeAsync();

        Assert.Null(await A.Locks.TryAcquireAsync("city", default));
    }

    [Fact]
    public async Task CarriesATokenOfItsOwn_EveryTime()
    {
        var database = await A.DatabaseAsync();
        var tokens = new HashSet<string>();
        for (var round = 0; round < 20; round++)
        {
            var held = await A.Locks.TryAcquireAsync("city", default);
            Assert.True(tokens.Add(Convert.ToHexString((byte[])(await database.StringGetAsync(A.Keys.Lock("city")))!)));
            await held!.DisposeAsync();
        }
    }
}
