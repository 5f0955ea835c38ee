namespace ProDev.Jobs.Testing;

/// <summary>One attempt of one job that has ended. Immutable.</summary>
public sealed record JobTestRun
{
    /// <summary>The job's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The job's stored name.</summary>
    public required string Name { get; init; }

    /// <summary>The queue it came from.</summary>
    public required string Queue { get; init; }

    /// <summary>The number of this attempt; the first is 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>What became of it.</summary>
    public required JobTestOutcome Outcome { get; init; }

    /// <summary>
    /// The arguments as they were stored: not the same object that the job got. <see langword="null"/> for a job that was not started,
    /// because its name or arguments are not understood, or it had expired.
    /// </summary>
    public object? Args { get; init; }

    /// <summary>When it was started, in virtual time.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it had ended, in virtual time.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>What the job or its middleware threw; <see langword="null"/> if nothing, or if the worker did not wait for it.</summary>
    public Exception? Exception { get; init; }

    /// <summary>The error that was stored; <see langword="null"/> unless it was retried or dead-lettered.</summary>
    public string? Error { get; init; }

    /// <summary>How long the job waits for its next attempt; <see langword="null"/> unless it was retried.</summary>
    public TimeSpan? RetryDelay { get; init; }

    /// <summary>Why it was given up; <see langword="null"/> unless it was dead-lettered.</summary>
    public DeadLetterReason? DeadLetterReason { get; init; }

    internal static JobTestRun Of(Attempt attempt, JobOutcome outcome, DateTimeOffset now) => new()
    {
        Id = attempt.Job.Envelope.Id,
        Name = attempt.Job.Envelope.Name,
        Queue = attempt.Job.Envelope.Queue,
        Attempt = attempt.Job.Attempt,
        Args = attempt.Args,
        StartedAt = attempt.FetchedAt,
        EndedAt = now,
        Exception = attempt.Exception,
        Error = outcome.Kind is JobOutcomeKind.Retry or JobOutcomeKind.DeadLetter ? outcome.Error : null,
        RetryDelay = outcome.Kind == JobOutcomeKind.Retry ? outcome.Delay : null,
        DeadLetterReason = outcome.Kind == JobOutcomeKind.DeadLetter ? outcome.Reason : null,
        Outcome = outcome.Kind switch
        {
            JobOutcomeKind.Complete => JobTestOutcome.Succeeded,
            JobOutcomeKind.Retry => JobTestOutcome.Retried,
            JobOutcomeKind.DeadLetter => JobTestOutcome.DeadLettered,
            JobOutcomeKind.Revoke => JobTestOutcome.Revoked,
            _ => JobTestOutcome.Returned,
        },
    };
}
