using System.Globalization;
using System.Text;

namespace ProDev.Build;

/// <summary>The report of a run as a Markdown page: machine, gates, and every measured case with the rows we lose.</summary>
public static class ResultsPage
{
    /// <summary>Returns the text of the page, with a newline at its end.</summary>
    /// <param name="outcome">The run and its judged gates.</param>
    public static string Text(BenchmarkOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var run = outcome.Run;
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # Benchmark results

            Measured {run.Date:yyyy-MM-dd} at commit `{run.Commit}` on {run.Machine.Processor}, {run.Machine.Cores} cores,
            {run.Machine.OperatingSystem}, {run.Machine.Runtime}. Again with: `./build.sh Benchmark`

            Times are medians per operation; "range" is the fastest and the slowest round. Compare within a table only: its
            cases ran together, and another machine or hour gives other times, but similar ratios and the same allocations.

            ## Gates

            {outcome.Summary}


            """);
        if (outcome.Gates.Count > 0)
            Table(page, GateTable.Header, outcome.Gates.Select(GateTable.Cells));
        foreach (var suite in run.Results.GroupBy(r => (r.Package, r.Suite)))
            Suite(page, suite.Key.Package, suite.Key.Suite, [.. suite]);
        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static void Suite(StringBuilder page, string package, string suite, IReadOnlyList<BenchmarkResult> results)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {package}: {suite}\n\n");
        var first = results[0];
        if (first.Kind is BenchmarkKind.Micro)
        {
            Table(
                page,
                ["case", "time", "ratio", "range", "allocated"],
                results.Select(r => new[] { r.Case, Units.Time(r.TimeNanoseconds), Ratio(r, first), Range(r), Allocated(r) }));
            return;
        }

        if (first.Kind is BenchmarkKind.Trace)
        {
            Table(page, ["case", "hit ratio", "difference"], results.Select(r => new[] { r.Case, HitRatio(r), Difference(r, first) }));
            return;
        }

        string[] header = ["case", "rate", "time", "ratio", "range", "CPU client", "CPU servers", "allocated"];
        var counts = results.Any(r => r.Count is not null);
        Table(
            page,
            counts ? [.. header, "count"] : header,
            results.Select(r =>
            {
                string[] row =
                [
                    r.Case, Units.Rate(1e9 / r.TimeNanoseconds), Units.Time(r.TimeNanoseconds), Ratio(r, first), Range(r),
                    Cpu(r.ClientCpuNanoseconds), Cpu(r.ServerCpuNanoseconds), Allocated(r),
                ];
                return counts ? [.. row, Count(r)] : row;
            }));
    }

    private static string Ratio(BenchmarkResult result, BenchmarkResult first) =>
        Units.Ratio(BenchmarkFigure.Ratio(result, first, GateMetric.Time)!.Value);

    private static string Range(BenchmarkResult result) =>
        $"{Units.Time(result.RoundNanoseconds.Min())} to {Units.Time(result.RoundNanoseconds.Max())}";

    private static string Allocated(BenchmarkResult result) => result.AllocatedBytes is { } bytes ? Units.Bytes(bytes) : "-";

    private static string HitRatio(BenchmarkResult result) => result.HitPercent is { } percent ? Units.Percent(percent) : "-";

    private static string Difference(BenchmarkResult result, BenchmarkResult first) =>
        BenchmarkFigure.Against(result, first, GateMetric.HitRatio) is { } points ? Units.Points(points) : "-";

    private static string Count(BenchmarkResult result) => result.Count is { } count ? Units.Count(count) : "-";

    private static string Cpu(double? nanoseconds) => nanoseconds is { } value ? Units.Time(value) : "-";

    private static void Table(StringBuilder page, string[] header, IEnumerable<string[]> rows)
    {
        page.Append("| ").AppendJoin(" | ", header).Append(" |\n|").Insert(page.Length, "---|", header.Length).Append('\n');
        foreach (var row in rows)
            page.Append("| ").AppendJoin(" | ", row).Append(" |\n");
    }
}
