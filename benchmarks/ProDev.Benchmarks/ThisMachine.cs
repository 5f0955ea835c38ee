using System.Runtime.InteropServices;
using ProDev.Build;

namespace ProDev.Benchmarks;

/// <summary>Describes the machine that measures.</summary>
internal static class ThisMachine
{
    private const string LinuxProcessors = "/proc/cpuinfo";

    public static BenchmarkMachine Describe() => new(
        Processor(),
        Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription);

    private static string Processor()
    {
        var named = File.Exists(LinuxProcessors)
            ? File.ReadLines(LinuxProcessors).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return string.IsNullOrEmpty(named) ? RuntimeInformation.ProcessArchitecture.ToString() : named;
    }
}
