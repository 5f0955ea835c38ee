namespace ProDev.Retry;

/// <summary>The defaults and limits of circuit breakers; documentation and tests quote these, and nothing else.</summary>
internal static class CircuitBreakerConstants
{
    public const double DefaultFailureRatio = 0.5;

    public const int DefaultMinimumThroughput = 20;

    public const int DefaultProbes = 1;

    public const int MostProbes = 1000;

    public static readonly TimeSpan DefaultSamplingDuration = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan DefaultBreakDuration = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan DefaultProbeLease = TimeSpan.FromSeconds(30);

    /// <summary>A tenth of it is one bucket, and the coarse clock of some systems has steps of 16 ms.</summary>
    public static readonly TimeSpan ShortestSamplingDuration = TimeSpan.FromMilliseconds(200);
}
