namespace ProDev.Jobs;

/// <summary>The arguments of an error callback: which job was given up, and why.</summary>
public sealed record JobFailure
{
    /// <summary>The job that was given up.</summary>
    public required Guid JobId { get; init; }

    /// <summary>Its stored name.</summary>
    public required string Name { get; init; }

    /// <summary>The queue it was in.</summary>
    public required string Queue { get; init; }

    /// <summary>The number of its last attempt.</summary>
    public required int Attempt { get; init; }

    /// <summary>Why it was given up.</summary>
    public required DeadLetterReason Reason { get; init; }

    /// <summary>What went wrong, shortened to 8,192 characters.</summary>
    public required string Error { get; init; }
}
