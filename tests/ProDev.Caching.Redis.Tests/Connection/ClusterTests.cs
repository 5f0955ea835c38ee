using StackExchange.Redis;

namespace ProDev.Caching.Redis.Tests;

/// <summary>A cluster of one node refuses what a larger one refuses: a call over keys of several slots.</summary>
[Trait("Requires", "Redis")]
public sealed class ClusterTests : IAsyncLifetime
{
    private RedisServerProcess _server = null!;

    public async Task InitializeAsync()
    {
        _server = await RedisServerProcess.StartNewAsync("--cluster-enabled", "yes");
        await using var redis = await ConnectionMultiplexer.ConnectAsync(_server.Configuration + ",allowAdmin=true");
        var server = redis.GetServers()[0];
        await server.ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
        await Eventually.IsTrueAsync(async () =>
            (await server.ExecuteAsync("CLUSTER", "INFO")).ToString().Contains("cluster_state:ok", StringComparison.Ordinal));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task WorksWithTheDefaultPrefix_BecauseItHasAHashTag()
    {
        foreach (var prefix in new[] { RedisKeys.DefaultPrefix(""), RedisKeys.DefaultPrefix("small"), "{shop}:" })
        {
            await using var node = new RedisNode(_server.Configuration, prefix);
            await node.ListenAsync();

            await node.Store.InvalidateTagAsync("country:FR", default);
            Assert.True(await node.Store.WriteAsync("city", Payload.Of(1), TimeSpan.FromMinutes(1), expectedGeneration: 0, default));
            Assert.Equal(Payload.Of(1), (await node.Store.ReadAsync("city", ["*", "country:FR"], default)).Payload);
            await using var held = await node.Locks.TryAcquireAsync("city", default);
            Assert.NotNull(held);
        }
    }

    [Fact]
    public async Task IsRefusedWithAPrefixWithoutAHashTag_WhenKeysAreInSeveralSlots()
    {
        await using var node = new RedisNode(_server.Configuration, "shop:");

        var error = await Assert.ThrowsAnyAsync<RedisException>(() => node.Store.ReadAsync("city", ["*", "country:FR"], default).AsTask());

        Assert.Contains("same slot", error.Message, StringComparison.Ordinal);
    }
}
