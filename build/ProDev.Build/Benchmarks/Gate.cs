namespace ProDev.Build;

/// <summary>One promise about a measurement, from <c>benchmarks/gates.json</c>.</summary>
public sealed record Gate
{
    /// <summary>A unique name that says what is promised, for example "caching-hit-allocates-nothing".</summary>
    public required string Id { get; init; }

    /// <summary>The package that the subject belongs to, for example "Caching".</summary>
    public required string Package { get; init; }

    /// <summary>What is limited.</summary>
    public required GateMetric Metric { get; init; }

    /// <summary>The case that must meet the limit: "Suite/Case".</summary>
    public required string Subject { get; init; }

    /// <summary>The case it is compared with, of the same suite; null limits the subject's own figure.</summary>
    public string? Peer { get; init; }

    /// <summary>
    /// The most that is allowed: subject divided by peer, minus peer for hit ratios, or the subject's figure. Null means no
    /// upper limit.
    /// </summary>
    public double? Max { get; init; }

    /// <summary>
    /// The least that is required: subject divided by peer, minus peer for hit ratios, or the subject's figure. Null means no
    /// lower limit.
    /// </summary>
    public double? Min { get; init; }

    /// <summary>Why the limit is what it is.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// Whether a miss may come from a disturbed machine, so that one more measurement is fair. Allocations and hit ratios do not
    /// depend on the machine: measuring them again would only hide the miss.
    /// </summary>
    internal bool MayBeDisturbed => Metric is not (GateMetric.Allocated or GateMetric.HitRatio);

    /// <summary>Whether the limits are differences, which may be negative.</summary>
    internal bool IsDifference => Metric is GateMetric.HitRatio && Peer is not null;

    internal bool IsMetBy(double measured) => !(measured > Max) && !(measured < Min) && !double.IsNaN(measured);
}
