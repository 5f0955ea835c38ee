using ProDev.Build;

namespace ProDev.Benchmarks;

/// <summary>Makes one result of a case's samples: medians, per operation; counts are summed up.</summary>
internal static class MacroSummary
{
    public static BenchmarkResult Of(string package, string suite, string name, IReadOnlyList<MacroSample> samples)
    {
        var rounds = samples.Select(s => PerOperation(s.Elapsed, s)).ToList();
        var servers = samples.Where(s => s.ServerCpu is not null).Select(s => PerOperation(s.ServerCpu!.Value, s)).ToList();
        return new BenchmarkResult
        {
            Package = package,
            Suite = suite,
            Case = name,
            Kind = BenchmarkKind.Macro,
            TimeNanoseconds = Median.Of(rounds),
            RoundNanoseconds = rounds,
            AllocatedBytes = Median.Of(samples.Select(s => (double)s.Allocated / s.Operations)),
            ClientCpuNanoseconds = Median.Of(samples.Select(s => PerOperation(s.ClientCpu, s))),
            ServerCpuNanoseconds = servers.Count > 0 ? Median.Of(servers) : null,
            Count = samples.Any(s => s.Count is not null) ? samples.Sum(s => s.Count) : null,
        };
    }

    private static double PerOperation(TimeSpan time, MacroSample sample) => time.TotalNanoseconds / sample.Operations;
}
