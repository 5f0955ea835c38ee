namespace ProDev.Jobs;

/// <summary>A snapshot of one job, for people and tests. All times are by the store's clock.</summary>
public sealed record JobInfo
{
    /// <summary>The job's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The job's stored name.</summary>
    public required string Name { get; init; }

    /// <summary>The queue it is in.</summary>
    public required string Queue { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required JobState State { get; init; }

    /// <summary>How many attempts were started and counted so far; 0 before the first.</summary>
    public required int Attempt { get; init; }

    /// <summary>The number of the last attempt.</summary>
    public required int MaxAttempts { get; init; }

    /// <summary>The priority; higher runs first.</summary>
    public required int Priority { get; init; }

    /// <summary>When the store accepted it.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>The earliest time of its next (or, once it runs, its latest) attempt.</summary>
    public required DateTimeOffset RunAt { get; init; }

    /// <summary>When the latest attempt was leased; <see langword="null"/> before the first.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it succeeded, was given up or was revoked; <see langword="null"/> until then.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What went wrong in the latest failed attempt, shortened to 8,192 characters; <see langword="null"/> if nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>Why it was given up; <see langword="null"/> unless <see cref="State"/> is <see cref="JobState.DeadLettered"/>.</summary>
    public DeadLetterReason? DeadLetterReason { get; init; }

    /// <summary>
    /// What the job returned, as JSON; <see langword="null"/> until it has succeeded, and for a job that returns nothing or was enqueued with
    /// <see cref="EnqueueOptions.IgnoreResult"/>. <see cref="JobHandle.ResultAsync{TResult}"/> reads it.
    /// </summary>
    public ReadOnlyMemory<byte>? Result { get; init; }
}
