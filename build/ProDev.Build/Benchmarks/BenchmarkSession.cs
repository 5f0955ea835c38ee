namespace ProDev.Build;

/// <summary>Runs the benchmark projects, judges them by the gates, measures missed ratios once more, and writes the report.</summary>
/// <param name="repositoryRoot">The root of the repository.</param>
/// <param name="runProject">
/// Runs a project in Release with the given arguments (already quoted for a command line), and throws when it fails.
/// </param>
/// <param name="log">Receives each line for people.</param>
/// <remarks>
/// Files below <c>artifacts/benchmarks</c>: <c>parts/PACKAGE.json</c> by each project, <c>rerun/PACKAGE.json</c> for second
/// tries, <c>results.json</c> with the first measurements of the run, and <c>results.md</c>.
/// </remarks>
public sealed class BenchmarkSession(string repositoryRoot, Action<string, string> runProject, Action<string> log)
{
    private readonly string _output = Path.Combine(repositoryRoot, "artifacts", "benchmarks");
    private readonly string _benchmarks = Path.Combine(repositoryRoot, "benchmarks");

    /// <summary>Runs everything, or one package.</summary>
    /// <param name="filter">A package, for example "Caching", in any case; null or empty for all.</param>
    /// <exception cref="BenchmarkException">Nothing fits the filter, a file is malformed, or a project wrote no results.</exception>
    public BenchmarkOutcome Run(string? filter)
    {
        // Both are read before anything is measured: a misspelt name must not cost ten minutes.
        var projects = BenchmarkProject.Find(_benchmarks, filter);
        var gates = GateFile.Read(Path.Combine(_benchmarks, "gates.json"))
            .Where(g => projects.Any(p => p.Package == g.Package) || string.IsNullOrEmpty(filter))
            .ToList();

        foreach (var directory in new[] { "parts", "rerun" })
            Directory.CreateDirectory(Path.Combine(_output, directory));
        var run = BenchmarkRun.Merge(projects.Select(p => Measure(p, "parts", suites: [])).ToList());
        BenchmarkFile.Write(Path.Combine(_output, "results.json"), run);

        var outcomes = gates.ConvertAll(g => new GateOutcome(GateCheck.Of(g, run.Results), Second: null));
        var outcome = new BenchmarkOutcome(run, TryAgain(projects, outcomes));

        foreach (var line in GateTable.Lines(outcome.Gates))
            log(line);
        var page = Path.Combine(_output, "results.md");
        File.WriteAllText(page, ResultsPage.Text(outcome));
        log($"{outcome.Summary} Report: {page}");
        return outcome;
    }

    private List<GateOutcome> TryAgain(IReadOnlyList<BenchmarkProject> projects, List<GateOutcome> outcomes)
    {
        foreach (var package in outcomes.Where(o => o.NeedsAnotherTry).GroupBy(o => o.Gate.Package, StringComparer.Ordinal).ToList())
        {
            var suites = package.Select(o => GateFile.SuiteOf(o.Gate.Subject)!).Distinct(StringComparer.Ordinal).ToList();
            log($"Missed at the first try, measured once more: {package.Key} {string.Join(", ", suites)}");
            var again = Measure(projects.First(p => p.Package == package.Key), "rerun", suites);
            outcomes = outcomes.ConvertAll(o =>
                o.NeedsAnotherTry && o.Gate.Package == package.Key ? o with { Second = GateCheck.Of(o.Gate, again.Results) } : o);
        }

        return outcomes;
    }

    private BenchmarkRun Measure(BenchmarkProject project, string kind, IReadOnlyList<string> suites)
    {
        var file = Path.Combine(_output, kind, $"{project.Package}.json");
        // A file of an earlier run must not be taken for the result of a project that wrote none.
        File.Delete(file);
        var arguments = string.Concat(suites.Select(s => $" --suite {s}"));
        runProject(project.Path, $"--output \"{file}\"{arguments}");
        return BenchmarkFile.Read(file);
    }
}
