using StackExchange.Redis;

namespace ProDev.Caching.Redis.Tests;

/// <summary>The shared Redis. A test without it fails and says how to get one; it never passes silently.</summary>
internal static class TestRedis
{
    private const string Variable = "PRODEV_TEST_REDIS";

    public static string Configuration => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException(
            $"The environment variable {Variable} is not set, so there is no server to test against. Run './build.sh Test', " +
            "which starts one, or: build/services.sh up && eval \"$(build/services.sh env)\" && dotnet test tests/ProDev.Caching.Redis.Tests");

    /// <summary>A prefix that no other test uses.</summary>
    public static string NewPrefix() => $"{{test:{Guid.NewGuid():n}}}:";

    public static async Task DeleteAsync(string prefix)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Configuration);
        foreach (var server in redis.GetServers())
        {
            await foreach (var key in server.KeysAsync(pattern: prefix + "*"))
                await redis.GetDatabase().KeyDeleteAsync(key);
        }
    }
}
