namespace ProDev.Build;

/// <summary>How a result was measured.</summary>
public enum BenchmarkKind
{
    /// <summary>By BenchmarkDotNet: nanoseconds, one thread, nothing outside the process.</summary>
    Micro,

    /// <summary>By the macro harness: files or servers, peers interleaved in rounds, with CPU time.</summary>
    Macro,

    /// <summary>By a fixed sequence of keys on one thread: hit ratios. The time is that of the one round, for orientation.</summary>
    Trace,
}
