namespace ProDev.Build;

/// <summary>Where a run was measured. Times of different machines are not comparable; ratios and allocations are.</summary>
/// <param name="Processor">The processor's name, or "unknown".</param>
/// <param name="Cores">Logical processors that the run could use.</param>
/// <param name="OperatingSystem">The operating system's description.</param>
/// <param name="Runtime">The .NET version.</param>
public sealed record BenchmarkMachine(string Processor, int Cores, string OperatingSystem, string Runtime);
