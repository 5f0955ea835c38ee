namespace ProDev.Build.Tests;

/// <summary>Results and gates with short names, so that a test shows only what it is about.</summary>
internal static class Samples
{
    public static readonly BenchmarkMachine Machine = new("Test CPU", 2, "Test OS", ".NET 10");

    public static BenchmarkResult Result(string name, double time, double? allocated = null, double? cpu = null, double? server = null) =>
        new()
        {
            Package = "Caching",
            Suite = name.Split('/')[0],
            Case = name.Split('/')[1],
            Kind = BenchmarkKind.Micro,
            TimeNanoseconds = time,
            RoundNanoseconds = [time],
            AllocatedBytes = allocated,
            ClientCpuNanoseconds = cpu,
            ServerCpuNanoseconds = server,
        };

    public static BenchmarkResult Rounds(string name, params double[] rounds) =>
        Result(name, Median.Of(rounds)) with { Kind = BenchmarkKind.Macro, RoundNanoseconds = rounds };

    public static BenchmarkResult Hits(string name, double percent) => Result(name, 1) with { Kind = BenchmarkKind.Trace, HitPercent = percent };

    public static Gate Gate(string subject, string? peer = null, GateMetric metric = GateMetric.Time, double? max = null, double? min = null) =>
        new()
        {
            Id = "gate",
            Package = "Caching",
            Metric = metric,
            Subject = subject,
            Peer = peer,
            Max = max,
            Min = min,
            Reason = "a test",
        };

    public static BenchmarkRun Run(params BenchmarkResult[] results) =>
        new() { Machine = Machine, Date = new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero), Commit = "abc", Results = results };
}
