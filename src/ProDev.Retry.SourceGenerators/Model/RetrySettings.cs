namespace ProDev.Retry.SourceGenerators;

/// <summary>What a <c>[Retry]</c> attribute says; null where it says nothing.</summary>
internal sealed record RetrySettings(string? Policy, int? MaxAttempts, TimeSpan? BaseDelay, TimeSpan? MaxDelay, TimeSpan? Deadline);
