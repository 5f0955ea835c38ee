namespace ProDev.Retry.SourceGenerators;

/// <summary>What the attributes of a method say; null where they say nothing.</summary>
internal sealed record RetrySettings(
    bool IsRetried,
    string? Policy,
    int? MaxAttempts,
    TimeSpan? BaseDelay,
    TimeSpan? MaxDelay,
    TimeSpan? Deadline,
    TimeSpan? AttemptTimeout,
    string? CircuitBreaker);
