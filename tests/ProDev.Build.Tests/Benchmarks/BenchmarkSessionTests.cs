namespace ProDev.Build.Tests;

public sealed class BenchmarkSessionTests : IDisposable
{
    private const string Gates = """
        { "gates": [
          { "id": "fast", "package": "Caching", "metric": "time", "subject": "Hit/Ours", "peer": "Hit/Peer", "max": 2, "reason": "x" },
          { "id": "free", "package": "Caching", "metric": "allocated", "subject": "Hit/Ours", "max": 0, "reason": "x" },
          { "id": "quick", "package": "Retry", "metric": "time", "subject": "Happy/Ours", "peer": "Happy/Peer", "max": 1, "reason": "x" }
        ] }
        """;

    private readonly TemporaryDirectory _temporary = new();
    private readonly List<string> _log = [];
    private readonly List<string> _calls = [];
    private readonly Dictionary<string, BenchmarkRun> _parts = new(StringComparer.Ordinal);

    public BenchmarkSessionTests()
    {
        _temporary.Write("benchmarks/gates.json", Gates);
        _temporary.Write("benchmarks/ProDev.Benchmarks/ProDev.Benchmarks.csproj", "");
        _temporary.Write("benchmarks/ProDev.Caching.Benchmarks/ProDev.Caching.Benchmarks.csproj", "");
        _temporary.Write("benchmarks/ProDev.Retry.Benchmarks/ProDev.Retry.Benchmarks.csproj", "");
        _parts["parts/Caching"] = Caching(ours: 15);
        _parts["parts/Retry"] = Retry(ours: 5);
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void AllProjectsRunAndAllGatesAreJudged_WithoutAFilter()
    {
        var outcome = Session().Run(filter: null);

        Assert.True(outcome.Passed);
        Assert.Equal("All 3 benchmark gates passed.", outcome.Summary);
        Assert.Equal(["parts/Caching", "parts/Retry"], _calls);
        Assert.Equal(
            ["Hit/Ours", "Hit/Peer", "Happy/Ours", "Happy/Peer"],
            BenchmarkFile.Read(_temporary.Combine("artifacts", "benchmarks", "results.json")).Results.Select(r => r.Name));
    }

    [Theory]
    [InlineData("Retry")]
    [InlineData("retry")]
    public void FilterTakesOnePackageAndItsGates(string filter)
    {
        var outcome = Session().Run(filter);

        Assert.Equal(["parts/Retry"], _calls);
        Assert.Equal(["quick"], outcome.Gates.Select(g => g.Gate.Id));
    }

    [Fact]
    public void FilterThatFitsNothingNamesWhatExists_BeforeAnythingRuns()
    {
        var error = Assert.Throws<BenchmarkException>(() => Session().Run("Cashing"));

        Assert.Equal("No benchmark fits the filter \"Cashing\". Packages with benchmarks: Caching, Retry.", error.Message);
        Assert.Empty(_calls);
    }

    [Fact]
    public void MalformedGatesStopTheRun_BeforeAnythingRuns()
    {
        _temporary.Write("benchmarks/gates.json", "{}");

        Assert.Throws<BenchmarkException>(() => Session().Run(filter: null));
        Assert.Empty(_calls);
    }

    [Fact]
    public void MissedRatioIsMeasuredOnceMore_AndPassesWithBothFiguresShown()
    {
        _parts["parts/Caching"] = Caching(ours: 25);
        _parts["rerun/Caching"] = Caching(ours: 19);

        var outcome = Session().Run(filter: null);

        Assert.True(outcome.Passed);
        Assert.Equal(["parts/Caching", "parts/Retry", "rerun/Caching --suite Hit"], _calls);
        Assert.Contains("Missed at the first try, measured once more: Caching Hit", _log);
        Assert.Contains(_log, l => l.StartsWith("fast", StringComparison.Ordinal) && l.EndsWith("2.50x, then 1.90x  met at the second try", StringComparison.Ordinal));
        // The report's results stay those of the first run: a second try must not replace what was seen.
        Assert.Equal(25, outcome.Run.Results[0].TimeNanoseconds);
    }

    [Fact]
    public void RatioThatIsMissedTwiceFails()
    {
        _parts["parts/Caching"] = Caching(ours: 25);
        _parts["rerun/Caching"] = Caching(ours: 21);

        var outcome = Session().Run(filter: null);

        Assert.False(outcome.Passed);
        Assert.Equal("1 of 3 benchmark gates failed: fast.", outcome.Summary);
        Assert.Contains(_log, l => l.EndsWith("2.50x, then 2.10x  MISSED twice", StringComparison.Ordinal));
    }

    [Fact]
    public void AllocationIsNotMeasuredAgain()
    {
        _parts["parts/Caching"] = Caching(ours: 15, allocated: 24);

        var outcome = Session().Run(filter: null);

        Assert.False(outcome.Passed);
        Assert.DoesNotContain(_calls, c => c.StartsWith("rerun", StringComparison.Ordinal));
        Assert.Contains(_log, l => l.StartsWith("free", StringComparison.Ordinal) && l.EndsWith("  24 B      MISSED", StringComparison.Ordinal));
    }

    [Fact]
    public void GateWithoutItsResultsFails()
    {
        _parts["parts/Caching"] = Samples.Run(Samples.Result("Hit/Ours", 15, allocated: 0));

        var outcome = Session().Run("Caching");

        Assert.False(outcome.Passed);
        Assert.Contains(_log, l => l.EndsWith("NOT MEASURED: The peer \"Hit/Peer\" is not among the results.", StringComparison.Ordinal));
    }

    [Fact]
    public void GateOfAPackageWithoutBenchmarksFails()
    {
        Directory.Delete(_temporary.Combine("benchmarks", "ProDev.Retry.Benchmarks"), recursive: true);

        Assert.Equal("1 of 3 benchmark gates failed: quick.", Session().Run(filter: null).Summary);
    }

    [Fact]
    public void OldResultIsNotTakenForThatOfAProjectThatWroteNone()
    {
        Session().Run(filter: null);
        _parts.Remove("parts/Retry");

        var error = Assert.Throws<BenchmarkException>(() => Session().Run(filter: null));

        Assert.Contains("Retry.json\" cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReportHoldsMachineGatesAndAllCases()
    {
        Session().Run("Caching");

        Assert.Equal(
            """
            # Benchmark results

            Measured 2026-11-23 at commit `abc` on Test CPU, 2 cores,
            Test OS, .NET 10. Again with: `./build.sh Benchmark`

            Times are medians per operation; "range" is the fastest and the slowest round. Compare within a table only: its
            cases ran together, and another machine or hour gives other times, but similar ratios and the same allocations.

            ## Gates

            All 2 benchmark gates passed.

            | gate | subject | against | goal | measured | verdict |
            |---|---|---|---|---|---|
            | fast | Hit/Ours | Peer | time <= 2.00x | 1.50x | met |
            | free | Hit/Ours | - | allocated <= 0 B | 0 B | met |

            ## Caching: Hit

            | case | time | ratio | range | allocated |
            |---|---|---|---|---|
            | Ours | 15 ns | 1.00x | 15 ns to 15 ns | 0 B |
            | Peer | 10 ns | 0.667x | 10 ns to 10 ns | 64 B |

            """,
            File.ReadAllText(_temporary.Combine("artifacts", "benchmarks", "results.md")));
    }

    [Fact]
    public void ReportComparesHitRatiosByDifference_AndDoesNotMeasureThemAgain()
    {
        _temporary.Write("benchmarks/gates.json", """
            { "gates": [
              { "id": "hits", "package": "Caching", "metric": "hitRatio", "subject": "Zipf/Ours", "peer": "Zipf/Peer", "min": -1, "reason": "x" }
            ] }
            """);
        _parts["parts/Caching"] = Samples.Run(Samples.Hits("Zipf/Peer", 60.5), Samples.Hits("Zipf/Ours", 59));

        var outcome = Session().Run("Caching");

        Assert.False(outcome.Passed);
        Assert.Equal(["parts/Caching"], _calls);
        Assert.EndsWith(
            """
            | gate | subject | against | goal | measured | verdict |
            |---|---|---|---|---|---|
            | hits | Zipf/Ours | Peer | hitRatio >= -1.0 pp | -1.5 pp | MISSED |

            ## Caching: Zipf

            | case | hit ratio | difference |
            |---|---|---|
            | Peer | 60.5 % | 0.0 pp |
            | Ours | 59.0 % | -1.5 pp |

            """,
            File.ReadAllText(_temporary.Combine("artifacts", "benchmarks", "results.md")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void ReportShowsCountsOfSuitesThatCount()
    {
        _temporary.Write(
            "benchmarks/gates.json",
            """
            { "gates": [ { "id": "once", "package": "Caching", "metric": "count", "subject": "Twice/Ours", "max": 0, "reason": "x" } ] }
            """);
        _parts["parts/Caching"] = Samples.Run(Samples.Rounds("Twice/Ours", 10) with { Count = 0 }, Samples.Rounds("Twice/Peer", 10) with { Count = 1200 });

        Session().Run("Caching");

        var report = File.ReadAllText(_temporary.Combine("artifacts", "benchmarks", "results.md"));
        Assert.Contains("| once | Twice/Ours | - | count <= 0 | 0 | met |", report, StringComparison.Ordinal);
        Assert.Contains("| CPU servers | allocated | count |\n", report, StringComparison.Ordinal);
        Assert.Contains("| - | - | - | 0 |\n", report, StringComparison.Ordinal);
        Assert.Contains("| - | - | - | 1,200 |\n", report, StringComparison.Ordinal);
    }

    private static BenchmarkRun Caching(double ours, double allocated = 0) =>
        Samples.Run(Samples.Result("Hit/Ours", ours, allocated), Samples.Result("Hit/Peer", 10, allocated: 64));

    private static BenchmarkRun Retry(double ours) =>
        Samples.Run(
            Samples.Result("Happy/Ours", ours) with { Package = "Retry" },
            Samples.Result("Happy/Peer", 10) with { Package = "Retry" });

    private BenchmarkSession Session() => new(_temporary.Path, Measure, _log.Add);

    // Stands for `dotnet run`: writes the part that the test prepared to the place that the arguments name.
    private void Measure(string project, string arguments)
    {
        Assert.True(File.Exists(project));
        var quoted = arguments.Split('"');
        var key = string.Join('/', quoted[1].Split('/', '\\')[^2..]).Replace(".json", "", StringComparison.Ordinal);
        Assert.Equal("--output ", quoted[0]);
        _calls.Add(key + quoted[2]);
        if (_parts.TryGetValue(key, out var part))
            BenchmarkFile.Write(quoted[1], part);
    }
}
