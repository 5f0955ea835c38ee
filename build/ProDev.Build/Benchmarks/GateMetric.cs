namespace ProDev.Build;

/// <summary>What a gate limits. All figures but <see cref="Count"/> are per operation.</summary>
public enum GateMetric
{
    /// <summary>Time in nanoseconds.</summary>
    Time,

    /// <summary>Operations per second: the inverse of <see cref="Time"/>, for goals that are written as throughput.</summary>
    Rate,

    /// <summary>Managed bytes allocated by the client.</summary>
    Allocated,

    /// <summary>CPU time in nanoseconds, client and servers together.</summary>
    Cpu,

    /// <summary>Reads that a cache answered, in percent. Compared by difference, in percentage points, not by ratio.</summary>
    HitRatio,

    /// <summary>What the suite counts over all rounds, for example duplicate loads.</summary>
    Count,
}
