namespace ProDev.Build;

/// <summary>Reads the figure that a gate judges out of results.</summary>
internal static class BenchmarkFigure
{
    private const double NanosecondsPerSecond = 1e9;

    public static double? Of(BenchmarkResult result, GateMetric metric) => metric switch
    {
        GateMetric.Time => result.TimeNanoseconds,
        GateMetric.Rate => NanosecondsPerSecond / result.TimeNanoseconds,
        GateMetric.Allocated => result.AllocatedBytes,
        GateMetric.HitRatio => result.HitPercent,
        GateMetric.Count => result.Count,
        GateMetric.Cpu => result.ClientCpuNanoseconds + (result.ServerCpuNanoseconds ?? 0),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "The metric is none of those in GateMetric."),
    };

    /// <summary>What a gate with a peer judges: the difference of hit ratios, subject minus peer, and else the ratio.</summary>
    public static double? Against(BenchmarkResult subject, BenchmarkResult peer, GateMetric metric) =>
        metric is GateMetric.HitRatio ? subject.HitPercent - peer.HitPercent : Ratio(subject, peer, metric);

    /// <summary>
    /// Subject divided by peer. Macro cases that ran in the same rounds are compared round by round, and the median of the
    /// ratios counts: a machine that slows down for a while slows both sides of a round, and the ratio keeps its meaning.
    /// </summary>
    public static double? Ratio(BenchmarkResult subject, BenchmarkResult peer, GateMetric metric)
    {
        if (metric is GateMetric.Time or GateMetric.Rate && RanInTheSameRounds(subject, peer))
        {
            var ratios = subject.RoundNanoseconds.Zip(peer.RoundNanoseconds, (s, p) => metric is GateMetric.Time ? s / p : p / s);
            return Median.Of(ratios);
        }

        // Nothing against nothing is a draw, not an unknown.
        return (Of(subject, metric), Of(peer, metric)) is (0, 0) ? 1 : Of(subject, metric) / Of(peer, metric);
    }

    private static bool RanInTheSameRounds(BenchmarkResult subject, BenchmarkResult peer) =>
        subject.Kind is BenchmarkKind.Macro
        && peer.Kind is BenchmarkKind.Macro
        && subject.RoundNanoseconds.Count > 0
        && subject.RoundNanoseconds.Count == peer.RoundNanoseconds.Count;
}
