namespace ProDev.Build;

/// <summary>The results of one run, in the format of <c>artifacts/benchmarks/results.json</c>.</summary>
public sealed record BenchmarkRun
{
    /// <summary>Where it ran.</summary>
    public required BenchmarkMachine Machine { get; init; }

    /// <summary>When it ended (UTC).</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>What it ran: the commit, with "-dirty" when files had changed; "unknown" outside a clone.</summary>
    public required string Commit { get; init; }

    /// <summary>The results, ordered by package, then as measured.</summary>
    public required IReadOnlyList<BenchmarkResult> Results { get; init; }

    /// <summary>Joins the parts that the projects wrote into one run with the latest date.</summary>
    /// <param name="parts">At least one part, all from this machine and commit.</param>
    /// <exception cref="BenchmarkException">Two parts hold the same case, or come from different machines or commits.</exception>
    public static BenchmarkRun Merge(IReadOnlyCollection<BenchmarkRun> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0)
            throw new BenchmarkException("There are no benchmark results to merge. Run at least one benchmark project first.");

        var first = parts.First();
        foreach (var part in parts)
        {
            if (part.Machine != first.Machine || part.Commit != first.Commit)
                throw new BenchmarkException(
                    $"Benchmark results of \"{first.Machine}\", commit \"{first.Commit}\", cannot be merged with those of " +
                    $"\"{part.Machine}\", commit \"{part.Commit}\". Measure all of them in one run.");
        }

        var results = parts.SelectMany(p => p.Results).OrderBy(r => r.Package, StringComparer.Ordinal).ToList();
        var twice = results.GroupBy(r => (r.Package, r.Name)).FirstOrDefault(g => g.Skip(1).Any());
        return twice is null
            ? first with { Date = parts.Max(p => p.Date), Results = results }
            : throw new BenchmarkException(
                $"The benchmark \"{twice.Key.Name}\" of {twice.Key.Package} was measured twice in one run. Give one of them another name.");
    }
}
