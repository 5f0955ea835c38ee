namespace ProDev.Build;

/// <summary>One gate held against one run.</summary>
/// <param name="Gate">The promise.</param>
/// <param name="Verdict">Whether it was kept.</param>
/// <param name="Measured">The figure, ratio or difference that was judged; null when it was not measured.</param>
/// <param name="Problem">What was not measured, as a sentence; null otherwise.</param>
public sealed record GateCheck(Gate Gate, GateVerdict Verdict, double? Measured, string? Problem)
{
    /// <summary>Holds a gate against the results of its package.</summary>
    /// <param name="gate">The promise.</param>
    /// <param name="results">The results of a run; other packages are ignored.</param>
    public static GateCheck Of(Gate gate, IEnumerable<BenchmarkResult> results)
    {
        ArgumentNullException.ThrowIfNull(gate);
        var own = results.Where(r => r.Package == gate.Package).ToList();
        var subject = own.Find(r => r.Name == gate.Subject);
        var peer = own.Find(r => r.Name == gate.Peer);
        if (subject is null)
            return NotMeasured(gate, $"\"{gate.Subject}\" is not among the results.");
        if (gate.Peer is not null && peer is null)
            return NotMeasured(gate, $"The peer \"{gate.Peer}\" is not among the results.");

        var measured = peer is null ? BenchmarkFigure.Of(subject, gate.Metric) : BenchmarkFigure.Against(subject, peer, gate.Metric);
        return measured is { } value
            ? new GateCheck(gate, gate.IsMetBy(value) ? GateVerdict.Met : GateVerdict.Missed, value, Problem: null)
            : NotMeasured(gate, $"{gate.Metric} was not measured for \"{gate.Subject}\"{(peer is null ? "" : " or its peer")}.");
    }

    private static GateCheck NotMeasured(Gate gate, string problem) => new(gate, GateVerdict.NotMeasured, Measured: null, problem);
}
