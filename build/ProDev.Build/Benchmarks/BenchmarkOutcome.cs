namespace ProDev.Build;

/// <summary>What a run of the benchmarks found.</summary>
/// <param name="Run">The first measurements.</param>
/// <param name="Gates">The gates of the measured packages.</param>
public sealed record BenchmarkOutcome(BenchmarkRun Run, IReadOnlyList<GateOutcome> Gates)
{
    /// <summary>Whether all gates passed. True when there are none.</summary>
    public bool Passed => Gates.All(g => g.Passed);

    /// <summary>One sentence for the end of a log.</summary>
    public string Summary
    {
        get
        {
            var missed = Gates.Where(g => !g.Passed).Select(g => g.Gate.Id).ToList();
            return missed.Count == 0
                ? $"All {Gates.Count} benchmark gates passed."
                : $"{missed.Count} of {Gates.Count} benchmark gates failed: {string.Join(", ", missed)}.";
        }
    }
}
