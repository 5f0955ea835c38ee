namespace ProDev.Jobs.Soak;

/// <summary>What a run has shown.</summary>
public sealed record FaultOutcome
{
    public required string Fault { get; init; }

    public required string Store { get; init; }

    public required int Seed { get; init; }

    /// <summary>What was injected, and how often.</summary>
    public required IReadOnlyDictionary<string, int> Injected { get; init; }

    /// <summary>Jobs that were confirmed.</summary>
    public required int Jobs { get; init; }

    /// <summary>Attempts that were started.</summary>
    public required int Starts { get; init; }

    /// <summary>Ends that the store refused because the lease was not held.</summary>
    public required int Refused { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public required TimeSpan Took { get; init; }

    public override string ToString()
        => $"{Fault} on {Store}, seed {Seed}: {string.Join(", ", Injected.Select(static i => $"{i.Value} × {i.Key}"))}; {Jobs} jobs, {Starts} starts, " +
            $"{Refused} ends refused, {Findings.Count} findings, {Took.TotalSeconds:F1} s" + string.Concat(Findings.Take(20).Select(static f => $"\n  {f}"));
}
