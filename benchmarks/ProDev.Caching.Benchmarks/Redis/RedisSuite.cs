using ProDev.Benchmarks;
using ProDev.Build;
using StackExchange.Redis;

namespace ProDev.Caching.Benchmarks;

/// <summary>A suite that needs the Redis of the tests. Without one it measures nothing and says so; the gates on it then fail, and name it.</summary>
internal sealed class RedisSuite(MacroSuite suite) : IBenchmarkSuite
{
    private const string Variable = "PRODEV_TEST_REDIS";

    public string Name => suite.Name;

    /// <summary>A connection of one's own, as each process has one.</summary>
    public static async Task<IConnectionMultiplexer> ConnectAsync() =>
        await ConnectionMultiplexer.ConnectAsync(Environment.GetEnvironmentVariable(Variable)!);

    public async Task<IReadOnlyList<BenchmarkResult>> MeasureAsync(string package, string directory)
    {
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
            return await suite.MeasureAsync(package, directory);
        Console.WriteLine($"{Name} is not measured: {Variable} names no Redis. './build.sh Benchmark' starts one.");
        return [];
    }
}
