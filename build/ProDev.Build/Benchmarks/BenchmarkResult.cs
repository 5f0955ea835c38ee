using System.Text.Json.Serialization;

namespace ProDev.Build;

/// <summary>One measured case. All figures but the count are per operation; those that were not measured are null.</summary>
public sealed record BenchmarkResult
{
    /// <summary>The package without its prefix, for example "Caching".</summary>
    public required string Package { get; init; }

    /// <summary>The question, for example "CacheHit". Cases of one suite are measured together and may be compared.</summary>
    public required string Suite { get; init; }

    /// <summary>The answer, for example "Decorator" or the name of a peer.</summary>
    public required string Case { get; init; }

    /// <summary>How it was measured.</summary>
    public required BenchmarkKind Kind { get; init; }

    /// <summary>Median time in nanoseconds.</summary>
    public required double TimeNanoseconds { get; init; }

    /// <summary>The time of each round in nanoseconds, in the order measured. Round n of all cases of a suite ran together.</summary>
    public required IReadOnlyList<double> RoundNanoseconds { get; init; }

    /// <summary>Managed bytes that this process allocated.</summary>
    public double? AllocatedBytes { get; init; }

    /// <summary>Median CPU time of this process in nanoseconds, all threads.</summary>
    public double? ClientCpuNanoseconds { get; init; }

    /// <summary>Median CPU time of the servers in nanoseconds, with their children.</summary>
    public double? ServerCpuNanoseconds { get; init; }

    /// <summary>How many of a hundred reads a cache answered.</summary>
    public double? HitPercent { get; init; }

    /// <summary>What the suite counts and its name says, for example duplicate loads: the sum over all rounds.</summary>
    public long? Count { get; init; }

    /// <summary>What gates call it: "Suite/Case".</summary>
    [JsonIgnore]
    public string Name => $"{Suite}/{Case}";
}
