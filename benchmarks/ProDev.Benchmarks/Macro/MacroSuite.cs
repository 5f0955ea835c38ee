using System.Globalization;
using ProDev.Build;

namespace ProDev.Benchmarks;

/// <summary>Throughput against files or servers: the cases take turns in rounds, so that a drifting machine hits all of them.</summary>
/// <param name="name">What <c>--suite</c> and gates call it.</param>
/// <param name="cases">The cases in the order of each round; the first is what reports compare with.</param>
public sealed class MacroSuite(string name, params Func<MacroCase>[] cases) : IBenchmarkSuite
{
    /// <summary>The fewest rounds that are allowed: less has no median worth the name.</summary>
    public const int FewestRounds = 5;

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <summary>Measured rounds. Default 7.</summary>
    public int Rounds
    {
        get;
        init => field = value >= FewestRounds
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"A macro suite needs at least {FewestRounds} rounds.");
    } = 7;

    /// <summary>The processes whose CPU time counts as the servers', children included. Default: none.</summary>
    public IReadOnlyList<int> ServerProcesses { get; init; } = [];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BenchmarkResult>> MeasureAsync(string package, string directory)
    {
        var opened = new List<MacroCase>();
        try
        {
            foreach (var create in cases)
            {
                opened.Add(create());
                await opened[^1].OpenAsync(Directory.CreateDirectory(Path.Combine(directory, Name, opened[^1].Name)).FullName);
            }

            var meter = new ProcessMeter(ServerProcesses);
            var samples = await new MacroHarness(meter, Log).RunAsync(opened, Rounds);
            return [.. opened.Select((c, i) => MacroSummary.Of(package, Name, c.Name, [.. samples.Select(round => round[i])]))];
        }
        finally
        {
            foreach (var one in opened)
                await one.DisposeAsync();
        }
    }

    private void Log(int round, string name, MacroSample sample) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}  {(round == 0 ? "warm-up" : $"round {round}")}  {name}: {sample.Operations / sample.Elapsed.TotalSeconds:#,##0}/s"));
}
