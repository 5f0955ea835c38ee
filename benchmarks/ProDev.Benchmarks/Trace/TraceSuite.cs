using System.Globalization;
using ProDev.Build;

namespace ProDev.Benchmarks;

/// <summary>Hit ratios: each case answers the same sequence of keys on one thread. The sequence is fixed, and time does not matter.</summary>
/// <param name="name">What <c>--suite</c> and gates call it.</param>
/// <param name="trace">Makes the sequence, the same one at each call.</param>
/// <param name="cases">The cases; the first is what reports compare with.</param>
public sealed class TraceSuite(string name, Func<IEnumerable<string>> trace, params Func<TraceCase>[] cases) : IBenchmarkSuite
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public Task<IReadOnlyList<BenchmarkResult>> MeasureAsync(string package, string directory) =>
        Task.FromResult<IReadOnlyList<BenchmarkResult>>([.. cases.Select(create => Measure(package, create))]);

    private BenchmarkResult Measure(string package, Func<TraceCase> create)
    {
        using var one = create();
        var start = TimeProvider.System.GetTimestamp();
        var (hits, accesses) = (0L, 0L);
        foreach (var key in trace())
        {
            accesses++;
            if (one.Access(key))
                hits++;
        }

        if (accesses == 0)
            throw new BenchmarkException($"The trace of \"{Name}\" is empty. It must hold at least one key.");
        var nanoseconds = TimeProvider.System.GetElapsedTime(start).TotalNanoseconds / accesses;
        var ratio = (double)hits / accesses;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Name}  {one.Name}: {ratio:P2} of {accesses:#,##0}"));
        return new BenchmarkResult
        {
            Package = package,
            Suite = Name,
            Case = one.Name,
            Kind = BenchmarkKind.Trace,
            TimeNanoseconds = nanoseconds,
            RoundNanoseconds = [nanoseconds],
            HitPercent = 100 * ratio,
        };
    }
}
