using System.Globalization;
using System.Text;

namespace ProDev.Build;

/// <summary>The outcome of a whole test run, computed from its result files and not from what was printed.</summary>
public sealed class TestSummary
{
    private readonly IReadOnlyList<TestProjectResult> _results;
    private readonly IReadOnlyList<LeftOutTest> _leftOut;

    private TestSummary(IReadOnlyList<TestProjectResult> results, IReadOnlyList<string> faults, IReadOnlyList<LeftOutTest> leftOut)
    {
        _results = results;
        _leftOut = leftOut;
        Faults = faults;
    }

    /// <summary>All that must not be: failed and skipped tests, projects that ran no test, runs that were cut off.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>How many tests passed.</summary>
    public int Passed => _results.Sum(result => result.Passed);

    /// <summary>The last line of a build that ran tests. Each of <see cref="Faults"/> counts as failed; a run that left tests out says so.</summary>
    public string ClosingLine => string.Create(CultureInfo.InvariantCulture, $"{Passed} passed, {Faults.Count} failed") + LeftOutInShort;

    private string LeftOutInShort => _leftOut.Count == 0
        ? string.Empty
        : $", not a full run: tests that require {string.Join(", ", _leftOut.Select(test => test.Requirement).Distinct(StringComparer.Ordinal))} were left out";

    /// <summary>Reads all result files of a folder.</summary>
    /// <param name="folder">The folder, searched with all below it.</param>
    /// <param name="expectedProjects">The projects that must have run at least one test.</param>
    /// <param name="exitCode">What <c>dotnet test</c> returned. Other than 0 without a fault is a fault of its own.</param>
    /// <param name="leftOut">The tests that the run was not to take.</param>
    public static TestSummary Read(
        string folder, IReadOnlyCollection<string> expectedProjects, int exitCode, IReadOnlyList<LeftOutTest> leftOut) =>
        Of([.. Directory.EnumerateFiles(folder, "*.trx", SearchOption.AllDirectories).Select(TrxFile.Read)], expectedProjects, exitCode, leftOut);

    /// <summary>Judges the given results; see <see cref="Read"/>.</summary>
    /// <param name="results">One or more results for each project.</param>
    /// <param name="expectedProjects">The projects that must have run at least one test.</param>
    /// <param name="exitCode">What <c>dotnet test</c> returned.</param>
    /// <param name="leftOut">The tests that the run was not to take.</param>
    public static TestSummary Of(
        IReadOnlyList<TestProjectResult> results, IReadOnlyCollection<string> expectedProjects, int exitCode, IReadOnlyList<LeftOutTest> leftOut)
    {
        TestProjectResult[] sorted = [.. results.OrderBy(result => result.Project, StringComparer.Ordinal)];
        HashSet<string> ran = [.. sorted.Where(result => result.Passed + result.Failed.Count > 0 || result.Aborted is not null).Select(result => result.Project)];
        List<string> faults =
        [
            .. sorted.SelectMany(FaultsOf),
            .. expectedProjects.Where(project => !ran.Contains(project)).Order(StringComparer.Ordinal).Select(project => $"{project}: ran no test."),
        ];
        if (exitCode != 0 && faults.Count == 0)
        {
            faults.Add($"'dotnet test' exited with code {exitCode} although no test failed. Its output above says why.");
        }

        return new TestSummary(sorted, faults, leftOut);
    }

    /// <summary>A table with a row for each project and, below it, the faults and the tests that were left out.</summary>
    public string ToText()
    {
        int width = _results.Select(result => result.Project.Length).DefaultIfEmpty().Max();
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{"Project".PadRight(width)}  Passed  Failed  Skipped    Time");
        foreach (TestProjectResult result in _results)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{result.Project.PadRight(width)}  {result.Passed,6}  {result.Failed.Count,6}  {result.Skipped.Count,7}  {result.Duration.TotalSeconds,5:0.0} s");
        }

        foreach (string fault in Faults)
        {
            text.Append("  - ").AppendLine(fault);
        }

        if (_leftOut.Count > 0)
        {
            text.AppendLine().AppendLine("This is not a full run. Left out:");
            foreach (LeftOutTest test in _leftOut)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  - {test.Name}: requires {test.Requirement}, {test.Reason}.");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> FaultsOf(TestProjectResult result) =>
    [
        .. result.Failed.Select(test => $"{test.Name}: failed. {test.Message}"),
        .. result.Skipped.Select(name => $"{name}: skipped. A test runs or is deleted; there is no third."),
        .. result.Aborted is { } reason ? [$"{result.Project}: the run was cut off. {reason}"] : Array.Empty<string>(),
    ];
}
