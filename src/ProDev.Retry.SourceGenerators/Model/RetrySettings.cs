namespace ProDev.Retry.SourceGenerators;

/// <summary>What a <c>[Retry]</c> attribute says; null where it says nothing.</summary>
internal sealed record RetrySettings(string? Policy, int? MaxAttempts, TimeSpan? BaseDelay, TimeSpan? MaxDelay, TimeSpan? Deadline)
{
    public bool HasInline => MaxAttempts is not null || BaseDelay is not null || MaxDelay is not null || Deadline is not null;
}
