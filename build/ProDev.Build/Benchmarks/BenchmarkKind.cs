namespace ProDev.Build;

/// <summary>How a result was measured.</summary>
public enum BenchmarkKind
{
    /// <summary>By BenchmarkDotNet: nanoseconds, one thread, nothing outside the process.</summary>
    Micro,

    /// <summary>By the macro harness: files or servers, peers interleaved in rounds, with CPU time.</summary>
    Macro,
}
