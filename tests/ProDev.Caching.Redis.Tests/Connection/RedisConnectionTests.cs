using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace ProDev.Caching.Redis.Tests;

[Trait("Requires", "Redis")]
public sealed class RedisConnectionTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource<IConnectionMultiplexer> _made = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _attempts;

    [Fact]
    public async Task FailsCallsAtOnce_WhenTheFirstConnectionTakesTooLong()
    {
        await using var connection = new RedisConnection(MakeAsync, isOwned: true, _time);
        var first = connection.GetAsync(default).AsTask();
        await _asked.Task;

        _time.Advance(TimeSpan.FromSeconds(1));

        var error = await Assert.ThrowsAsync<RedisConnectionException>(() => first);
        Assert.Equal(
            "Redis has not answered within '00:00:01' of the first attempt to connect, which goes on in the background. Until it succeeds the cache works "
            + "without its second level; check RedisCacheOptions.Configuration and the server.",
            error.Message);
        var second = connection.GetAsync(default).AsTask();
        Assert.True(second.IsFaulted);
        await Assert.ThrowsAsync<RedisConnectionException>(() => second);
        Assert.Equal(1, _attempts);
    }

    [Fact]
    public async Task AnswersTheMultiplexer_WhenItIsMadeAfterAll()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(TestRedis.Configuration);
        await using var connection = new RedisConnection(MakeAsync, isOwned: false, _time);
        var first = connection.GetAsync(default).AsTask();
        await _asked.Task;
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<RedisConnectionException>(() => first);

        _made.SetResult(redis);

        await UntilMadeAsync(connection);
        Assert.Same(redis, await connection.GetAsync(default));
        Assert.Equal(1, _attempts);
    }

    [Fact]
    public async Task TriesAgain_WhenTheMultiplexerCouldNotBeMade()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(TestRedis.Configuration);
        await using var connection = new RedisConnection(
            () => _attempts++ == 0 ? throw new InvalidOperationException("Not yet.") : Task.FromResult<IConnectionMultiplexer>(redis), isOwned: false, _time);

        await Assert.ThrowsAsync<InvalidOperationException>(() => connection.GetAsync(default).AsTask());

        Assert.Same(redis, await connection.GetAsync(default));
    }

    [Fact]
    public async Task ClosesWhatItMade_WhenDisposedBeforeOrAfter()
    {
        var redis = await ConnectionMultiplexer.ConnectAsync(TestRedis.Configuration);
        var late = await ConnectionMultiplexer.ConnectAsync(TestRedis.Configuration);
        var connection = new RedisConnection(() => Task.FromResult<IConnectionMultiplexer>(redis), isOwned: true, _time);
        await connection.GetAsync(default);
        await connection.DisposeAsync();
        var pending = new RedisConnection(MakeAsync, isOwned: true, _time);
        var call = pending.GetAsync(default).AsTask();
        await pending.DisposeAsync();
        _made.SetResult(late);
        await call;

        Assert.Throws<ObjectDisposedException>(() => redis.GetDatabase().Ping());
        Assert.Throws<ObjectDisposedException>(() => late.GetDatabase().Ping());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pending.GetAsync(default).AsTask());
    }

    [Fact]
    public async Task LeavesTheApplicationsMultiplexerOpen_WhenDisposed()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(TestRedis.Configuration);
        var connection = new RedisConnection(() => Task.FromResult<IConnectionMultiplexer>(redis), isOwned: false, _time);
        await connection.GetAsync(default);

        await connection.DisposeAsync();

        await redis.GetDatabase().PingAsync();
    }

    private static async Task UntilMadeAsync(RedisConnection connection)
    {
        while (true)
        {
            try
            {
                await connection.GetAsync(default);
                return;
            }
            catch (RedisConnectionException)
            {
                await Task.Yield();
            }
        }
    }

    private Task<IConnectionMultiplexer> MakeAsync()
    {
        Interlocked.Increment(ref _attempts);
        _asked.TrySetResult();
        return _made.Task;
    }
}
