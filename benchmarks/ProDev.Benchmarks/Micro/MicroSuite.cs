using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using BenchmarkDotNet.Validators;
using Perfolizer.Horology;
using ProDev.Build;

namespace ProDev.Benchmarks;

/// <summary>A BenchmarkDotNet class. Its suite is called as the class without "Benchmarks", its cases as the methods.</summary>
/// <typeparam name="T">A public class with <c>[Benchmark]</c> methods.</typeparam>
public sealed class MicroSuite<T> : IBenchmarkSuite
{
    private const string Suffix = "Benchmarks";
    private const int Warmups = 4;
    private const int Rounds = 9;

    // A case is done after some five seconds, and a round is still thousands of times longer than the clock's precision.
    private static readonly TimeInterval Round = TimeInterval.FromMilliseconds(200);

    /// <inheritdoc/>
    public string Name { get; } = typeof(T).Name.EndsWith(Suffix, StringComparison.Ordinal) ? typeof(T).Name[..^Suffix.Length] : typeof(T).Name;

    /// <inheritdoc/>
    public Task<IReadOnlyList<BenchmarkResult>> MeasureAsync(string package, string directory)
    {
        // BenchmarkDotNet says hundreds of lines; they matter when something went wrong.
        var words = new AccumulationLogger();
        var summary = BenchmarkRunner.Run<T>(Configuration(directory, words));
        if (summary.HasCriticalValidationErrors || summary.Reports.IsEmpty || !summary.Reports.All(r => r.Success))
            throw new BenchmarkException(
                $"{words.GetLog()}\nBenchmarkDotNet could not measure \"{Name}\". Its words are above; a Release build is needed.");

        var results = summary.Reports.Select(r => Result(package, r)).ToList();
        foreach (var result in results)
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Name}  {result.Case}: {result.TimeNanoseconds:#,##0.0} ns, {result.AllocatedBytes:0} B"));
        return Task.FromResult<IReadOnlyList<BenchmarkResult>>(results);
    }

    // In this process: a project generated for each run would need a build of minutes. The short job with nine rounds instead
    // of three, because a median of three does not survive a disturbed machine.
    private static ManualConfig Configuration(string directory, AccumulationLogger words) =>
        ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)
                .WithWarmupCount(Warmups).WithIterationCount(Rounds).WithIterationTime(Round))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(words)
            .AddValidator(JitOptimizationsValidator.FailOnError, ReturnValueValidator.FailOnError)
            .WithArtifactsPath(directory)
            .WithOptions(ConfigOptions.DisableLogFile);

    private BenchmarkResult Result(string package, BenchmarkReport report)
    {
        var rounds = report.GetResultRuns().Select(m => m.GetAverageTime().Nanoseconds).ToList();
        var parameters = report.BenchmarkCase.Parameters.DisplayInfo;
        return new BenchmarkResult
        {
            Package = package,
            Suite = Name,
            Case = report.BenchmarkCase.Descriptor.WorkloadMethod.Name + parameters,
            Kind = BenchmarkKind.Micro,
            TimeNanoseconds = Median.Of(rounds),
            RoundNanoseconds = rounds,
            AllocatedBytes = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase),
        };
    }
}
