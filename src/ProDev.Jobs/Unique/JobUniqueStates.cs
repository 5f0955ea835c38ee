namespace ProDev.Jobs;

/// <summary>The states in which a job keeps others that count as the same out; see <see cref="JobUniqueness.States"/>.</summary>
[Flags]
public enum JobUniqueStates
{
    /// <summary>None; not allowed, because nothing would be unique.</summary>
    None = 0,

    /// <summary><see cref="JobState.Scheduled"/>: it waits for its time, or for its next attempt.</summary>
    Scheduled = 1,

    /// <summary><see cref="JobState.Queued"/>: it is ready, or its time has come.</summary>
    Queued = 2,

    /// <summary><see cref="JobState.Running"/>: a worker has it.</summary>
    Running = 4,

    /// <summary><see cref="JobState.Succeeded"/>, for as long as it is in the store; see <see cref="JobsOptions.Retention"/>.</summary>
    Succeeded = 8,

    /// <summary><see cref="JobState.DeadLettered"/>: it was given up and waits for somebody to replay or discard it.</summary>
    DeadLettered = 16,

    /// <summary><see cref="JobState.Revoked"/>, for as long as it is in the store; see <see cref="JobsOptions.Retention"/>.</summary>
    Revoked = 32,

    /// <summary>It waits; it may be replaced or rescheduled. One that runs does not keep the next one out.</summary>
    Waiting = Scheduled | Queued,

    /// <summary>It has not ended.</summary>
    Unfinished = Waiting | Running,

    /// <summary>Any.</summary>
    All = Unfinished | Succeeded | DeadLettered | Revoked,
}
