using ProDev.Benchmarks;
using ProDev.Build;

namespace ProDev.Jobs.Benchmarks;

/// <summary>A suite that needs the PostgreSQL of the tests. Without one it measures nothing and says so; the gates on it then fail, and name it.</summary>
internal sealed class PostgreSqlSuite(string name, int rounds, params Func<MacroCase>[] cases) : IBenchmarkSuite
{
    public string Name => name;

    public async Task<IReadOnlyList<BenchmarkResult>> MeasureAsync(string package, string directory)
    {
        if (PostgreSqlServer.ConnectionString is null)
        {
            Console.WriteLine($"{Name} is not measured: {PostgreSqlServer.Variable} names no PostgreSQL. './build.sh Benchmark' starts one.");
            return [];
        }

        var suite = new MacroSuite(name, cases) { Rounds = rounds, ServerProcesses = await PostgreSqlServer.ProcessesAsync() };
        return await suite.MeasureAsync(package, directory);
    }
}
