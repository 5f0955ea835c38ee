namespace ProDev.Jobs;

/// <summary>The mutable record of one job in memory. Only touched under the store's lock.</summary>
internal sealed class MemoryJob(JobEnvelope envelope, long number, DateTimeOffset enqueuedAt, DateTimeOffset runAt)
{
    /// <summary>The arguments leave with the rest of the envelope once the job has succeeded.</summary>
    public JobEnvelope? Envelope { get; set; } = envelope;

    public Guid Id { get; } = envelope.Id;

    public string Name { get; } = envelope.Name;

    public string Queue { get; private set; } = envelope.Queue;

    public int Priority { get; private set; } = envelope.Priority;

    public int MaxAttempts { get; private set; } = envelope.MaxAttempts;

    public string? IdempotencyKey { get; } = envelope.IdempotencyKey;

    /// <summary>Stays when the job has ended.</summary>
    public string? UniqueKey { get; } = envelope.Unique?.Key;

    public JobGroup? Group { get; private set; } = envelope.Group;

    public JobRate? Rate { get; private set; } = envelope.Rate;

    public string RateKey { get; private set; } = envelope.RateKey ?? envelope.Name;

    public bool HasLimits => Group is not null || Rate is not null;

    /// <summary>The limit that does not let it pass, while it is queued.</summary>
    public MemoryGate? ParkedAt { get; set; }

    /// <summary>The limit that has called it back among the ready jobs.</summary>
    public MemoryGate? CalledBy { get; set; }

    /// <summary>The order of arrival.</summary>
    public long Number { get; } = number;

    public DateTimeOffset EnqueuedAt { get; } = enqueuedAt;

    public DateTimeOffset RunAt { get; set; } = runAt;

    public JobState State { get; set; }

    public int Attempt { get; set; }

    public long Token { get; set; }

    public DateTimeOffset LeasedUntil { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public string? Error { get; set; }

    public DeadLetterReason? Reason { get; set; }

    public ReadOnlyMemory<byte>? Result { get; set; }

    /// <summary>Named values; null until there is one.</summary>
    public Dictionary<string, ReadOnlyMemory<byte>>? Notes { get; set; }

    /// <summary>Somebody revoked it while it was running.</summary>
    public bool IsToRevoke { get; set; }

    public bool IsWaiting => State is JobState.Scheduled or JobState.Queued;

    public bool HasEnded => !IsWaiting && State != JobState.Running;

    /// <summary>The state; a scheduled job whose time has come is queued, though nobody has looked yet.</summary>
    public JobState StateAt(DateTimeOffset now) => State == JobState.Scheduled && RunAt <= now ? JobState.Queued : State;

    /// <summary>Becomes another job under the same id. What belonged to the old arguments is forgotten.</summary>
    public void Become(JobEnvelope other)
    {
        Envelope = other with { Id = Id, IdempotencyKey = IdempotencyKey };
        (Queue, Priority, MaxAttempts) = (other.Queue, other.Priority, other.MaxAttempts);
        (Group, Rate, RateKey) = (other.Group, other.Rate, other.RateKey ?? other.Name);
        (Attempt, StartedAt, Error, Notes) = (0, null, null, null);
    }

    public JobInfo ToInfo() => new()
    {
        Id = Id,
        Name = Name,
        Queue = Queue,
        State = State,
        Attempt = Attempt,
        MaxAttempts = MaxAttempts,
        Priority = Priority,
        EnqueuedAt = EnqueuedAt,
        RunAt = RunAt,
        StartedAt = StartedAt,
        FinishedAt = FinishedAt,
        Error = Error,
        DeadLetterReason = Reason,
        Result = Result,
    };
}
