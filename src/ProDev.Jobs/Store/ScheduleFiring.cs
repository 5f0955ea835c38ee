namespace ProDev.Jobs;

/// <summary>A step of one schedule: from its next time to a later one, with the jobs that are enqueued for it.</summary>
public sealed class ScheduleFiring
{
    /// <summary>The schedule as it was read; its name, revision and next time must still be those in the store.</summary>
    public required JobSchedule Schedule { get; init; }

    /// <summary>The jobs in the order of their occurrences; empty when the occurrences are passed over.</summary>
    public required IReadOnlyList<JobEnvelope> Jobs { get; init; }

    /// <summary>The time of the occurrence of the last job. Means nothing without jobs.</summary>
    public DateTimeOffset LastAt { get; init; }

    /// <summary>The new next time; <see langword="null"/> for never.</summary>
    public DateTimeOffset? NextAt { get; init; }
}
