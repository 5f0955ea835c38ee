namespace ProDev.Jobs;

/// <summary>The place that a job has in a group that something waits for (Celery's chord). Immutable.</summary>
public sealed class JobJoin
{
    /// <summary>Identifies the group.</summary>
    public required Guid Id { get; init; }

    /// <summary>The place of the job's result among the results, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>How many results the group has; at least 1.</summary>
    public required int Size { get; init; }

    /// <summary>What follows when all results are there; its first step gets them as one JSON array.</summary>
    public required JobContinuation Continuation { get; init; }
}
