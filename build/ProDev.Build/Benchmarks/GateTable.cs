using System.Text.Json;

namespace ProDev.Build;

/// <summary>The gates as a table: goal, measured, verdict.</summary>
public static class GateTable
{
    internal static readonly string[] Header = ["gate", "subject", "against", "goal", "measured", "verdict"];

    /// <summary>Returns the lines of the table with aligned columns; one line that says so when there are no gates.</summary>
    /// <param name="outcomes">The judged gates.</param>
    public static IReadOnlyList<string> Lines(IReadOnlyCollection<GateOutcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        if (outcomes.Count == 0)
            return ["No gate covers the benchmarks that ran."];

        var rows = new List<string[]> { Header };
        rows.AddRange(outcomes.Select(Cells));
        var widths = Enumerable.Range(0, Header.Length).Select(c => rows.Max(r => r[c].Length)).ToArray();
        rows.Insert(1, [.. widths.Select(w => new string('-', w))]);
        return [.. rows.Select(r => string.Join("  ", r.Select((cell, c) => cell.PadRight(widths[c]))).TrimEnd())];
    }

    internal static string[] Cells(GateOutcome outcome)
    {
        var gate = outcome.Gate;
        return [gate.Id, gate.Subject, CaseOf(gate.Peer), Goal(gate), Measured(outcome), Verdict(outcome)];
    }

    private static string CaseOf(string? peer) => peer is null ? "-" : peer[(peer.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static string Goal(Gate gate)
    {
        var limits = new List<string>(capacity: 2);
        if (gate.Min is { } min)
            limits.Add($">= {Figure(gate, min)}");
        if (gate.Max is { } max)
            limits.Add($"<= {Figure(gate, max)}");
        return $"{JsonNamingPolicy.CamelCase.ConvertName(gate.Metric.ToString())} {string.Join(", ", limits)}";
    }

    private static string Measured(GateOutcome outcome)
    {
        var first = Measured(outcome.First);
        return outcome.Second is null ? first : $"{first}, then {Measured(outcome.Second)}";
    }

    private static string Measured(GateCheck check) => check.Measured is { } value ? Figure(check.Gate, value) : "nothing";

    private static string Figure(Gate gate, double value) =>
        gate.IsDifference ? Units.Points(value) : gate.Peer is null ? Units.Figure(value, gate.Metric) : Units.Ratio(value);

    private static string Verdict(GateOutcome outcome) => (outcome.Passed, outcome.Second) switch
    {
        (true, null) => "met",
        (true, _) => "met at the second try",
        (false, not null) => "MISSED twice",
        (false, null) => outcome.First.Problem is { } problem ? $"NOT MEASURED: {problem}" : "MISSED",
    };
}
