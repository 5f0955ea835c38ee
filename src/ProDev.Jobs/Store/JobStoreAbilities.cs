namespace ProDev.Jobs;

/// <summary>What a store can do beyond the minimum (enqueue, fetch, and settle what was fetched).</summary>
[Flags]
public enum JobStoreAbilities
{
    /// <summary>The minimum only.</summary>
    None = 0,

    /// <summary>A confirmed job survives a crash of every process.</summary>
    Durable = 1,

    /// <summary>Ready jobs are fetched by priority.</summary>
    Priorities = 2,

    /// <summary>Jobs can be enqueued for later.</summary>
    Delays = 4,

    /// <summary>Idempotency keys are honoured.</summary>
    IdempotencyKeys = 8,

    /// <summary>Jobs can be looked up, counted and listed; dead letters can be replayed and discarded.</summary>
    Queries = 16,

    /// <summary>The results of jobs are kept, and one can wait for their end. Needs <see cref="Queries"/>.</summary>
    Results = 32,

    /// <summary>What follows a job is taken in the same change as its end, and the results of groups are gathered.</summary>
    Continuations = 64,

    /// <summary>Jobs can be revoked.</summary>
    Revocation = 128,

    /// <summary>Queues can be paused.</summary>
    Pauses = 256,

    /// <summary>Schedules are kept, and what they fire is enqueued in the same change.</summary>
    Schedules = 512,

    /// <summary>Named values can be kept with a running job: its progress, and the results of its steps.</summary>
    Notes = 1024,

    /// <summary>Unique jobs are found, skipped, replaced and rescheduled; see <see cref="JobEnvelope.Unique"/>.</summary>
    UniqueKeys = 2048,

    /// <summary>No more jobs of a group are leased at once than its limit allows.</summary>
    Groups = 4096,

    /// <summary>Jobs are leased no more often than their rates allow.</summary>
    RateLimits = 8192,

    /// <summary>All of them.</summary>
    All = Durable | Priorities | Delays | IdempotencyKeys | Queries | Results | Continuations | Revocation | Pauses | Schedules | Notes | UniqueKeys | Groups
        | RateLimits,
}
