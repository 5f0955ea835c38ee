namespace ProDev.Jobs;

/// <summary>A continuation as JSON; empty lists are left out.</summary>
internal sealed class ContinuationDocument
{
    public IReadOnlyList<JobStep>? Next { get; init; }

    public IReadOnlyList<JobStep>? Callbacks { get; init; }

    public IReadOnlyList<JobStep>? ErrorCallbacks { get; init; }

    public JobJoin? Join { get; init; }
}
