namespace ProDev.Build;

/// <summary>Reads <c>benchmarks/gates.json</c>: <c>{ "gates": [ ... ] }</c>.</summary>
public static class GateFile
{
    private const string Remedy = "See docs/decisions/0051-benchmarks-are-judged-by-ratio.md for the form.";

    /// <summary>Reads and checks the gates; all faults are reported together.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BenchmarkException">The file is missing, malformed, or holds gates that cannot be judged.</exception>
    public static IReadOnlyList<Gate> Read(string path)
    {
        var gates = BenchmarkFile.Read<Content>(path, Remedy).Gates;
        var faults = gates.SelectMany(Faults).Concat(Duplicates(gates)).ToList();
        return faults.Count == 0
            ? gates
            : throw new BenchmarkException($"\"{path}\" has {faults.Count} faults:\n  {string.Join("\n  ", faults)}\n{Remedy}");
    }

    private static IEnumerable<string> Faults(Gate gate)
    {
        if (string.IsNullOrWhiteSpace(gate.Id))
            yield return $"A gate on \"{gate.Subject}\" has no id.";
        if (string.IsNullOrWhiteSpace(gate.Package))
            yield return $"Gate \"{gate.Id}\" names no package.";
        if (string.IsNullOrWhiteSpace(gate.Reason))
            yield return $"Gate \"{gate.Id}\" gives no reason.";
        if (gate.Max is null && gate.Min is null)
            yield return $"Gate \"{gate.Id}\" limits nothing. Give it max, min or both.";
        if ((!gate.IsDifference && (gate.Max is < 0 || gate.Min is < 0)) || gate.Min > gate.Max)
            yield return
                $"Gate \"{gate.Id}\" allows nothing: min is \"{gate.Min}\", max is \"{gate.Max}\". " +
                $"Expected {(gate.IsDifference ? "" : "0 <= ")}min <= max.";
        if (SuiteOf(gate.Subject) is null)
            yield return $"Gate \"{gate.Id}\" has the subject \"{gate.Subject}\". Expected Suite/Case.";
        if (gate.Peer is not null && SuiteOf(gate.Peer) is null)
            yield return $"Gate \"{gate.Id}\" has the peer \"{gate.Peer}\". Expected Suite/Case.";
        else if (gate.Peer is not null && SuiteOf(gate.Subject) is { } suite && SuiteOf(gate.Peer) != suite)
            yield return
                $"Gate \"{gate.Id}\" compares \"{gate.Subject}\" with \"{gate.Peer}\", which is measured at another time. " +
                "Both must belong to one suite.";
    }

    private static IEnumerable<string> Duplicates(IReadOnlyList<Gate> gates) =>
        gates.GroupBy(g => g.Id, StringComparer.Ordinal)
            .Where(g => g.Skip(1).Any())
            .Select(g => $"The id \"{g.Key}\" is used {g.Count()} times. Ids must be unique.");

    internal static string? SuiteOf(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < name.Length - 1 ? name[..slash] : null;
    }

    private sealed record Content
    {
        public required IReadOnlyList<Gate> Gates { get; init; }
    }
}
