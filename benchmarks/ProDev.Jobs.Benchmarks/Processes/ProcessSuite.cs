using System.Globalization;
using ProDev.Benchmarks;
using ProDev.Build;

namespace ProDev.Jobs.Benchmarks;

/// <summary>A suite over a store that processes share. A round gives a figure for each case, in nanoseconds.</summary>
internal abstract class ProcessSuite(string name, string provider, int rounds) : IBenchmarkSuite
{
    public string Name => name;

    public async Task<IReadOnlyList<BenchmarkResult>> MeasureAsync(string package, string directory)
    {
        if (provider == SharedPlace.PostgreSql && PostgreSqlServer.ConnectionString is null)
        {
            Console.WriteLine($"{Name} is not measured: {PostgreSqlServer.Variable} names no PostgreSQL. './build.sh Benchmark' starts one.");
            return [];
        }

        var figures = new List<IReadOnlyDictionary<string, double>>();
        for (var round = 1; round <= rounds; round++)
        {
            await using var place = await SharedPlace.OpenAsync(provider, directory);
            figures.Add(await RunAsync(place));
            Console.WriteLine($"{Name}  round {round}  {string.Join(", ", figures[^1].Select(f => $"{f.Key}: {Text(f.Value)}"))}");
        }

        return [.. figures[0].Keys.Select(name => Result(package, name, [.. figures.Select(f => f[name])]))];
    }

    protected abstract Task<IReadOnlyDictionary<string, double>> RunAsync(SharedPlace place);

    /// <summary>That part of the sorted times is not longer.</summary>
    protected static double Percentile(IEnumerable<double> times, double part)
    {
        double[] sorted = [.. times.Order()];
        return sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(part * sorted.Length) - 1)];
    }

    private static string Text(double nanoseconds) => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e6:0.###} ms");

    private BenchmarkResult Result(string package, string one, IReadOnlyList<double> values) => new()
    {
        Package = package,
        Suite = Name,
        Case = one,
        Kind = BenchmarkKind.Macro,
        TimeNanoseconds = Median.Of(values),
        RoundNanoseconds = values,
    };
}
