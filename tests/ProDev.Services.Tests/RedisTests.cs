using StackExchange.Redis;

namespace ProDev.Services.Tests;

[Trait("Requires", "Redis")]
public sealed class RedisTests
{
    [Fact]
    public async Task StoredValueIsReadBackAndPublishedMessageArrives()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(TestServices.Redis);
        await using var other = await ConnectionMultiplexer.ConnectAsync(TestServices.Redis);
        var key = $"probe:{Guid.NewGuid():n}";
        var arrived = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await other.GetSubscriber().SubscribeAsync(RedisChannel.Literal(key), (_, message) => arrived.TrySetResult(message));

        await redis.GetDatabase().StringSetAsync(key, "value", TimeSpan.FromMinutes(1));
        await redis.GetSubscriber().PublishAsync(RedisChannel.Literal(key), "message");

        Assert.Equal("value", await other.GetDatabase().StringGetAsync(key));
        Assert.Equal("message", await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.True(await redis.GetDatabase().KeyDeleteAsync(key));
    }
}
