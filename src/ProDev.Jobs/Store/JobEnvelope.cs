namespace ProDev.Jobs;

/// <summary>
/// Everything that travels with a job from the client through the store to a worker. Immutable. Stores keep every field and give
/// it back unchanged, including those they do not understand; fields may be added in later versions.
/// </summary>
public sealed class JobEnvelope
{
    /// <summary>Identifies the job for its whole life. Enqueueing the same id again is no second job.</summary>
    public required Guid Id { get; init; }

    /// <summary>The job's stored name, which finds the class in the worker.</summary>
    public required string Name { get; init; }

    /// <summary>The version of the arguments' shape; at least 1.</summary>
    /// <value>The default is 1.</value>
    public int Version { get; init; } = 1;

    /// <summary>The serialised arguments.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The media type of <see cref="Payload"/>.</summary>
    /// <value>The default is <c>application/json</c>.</value>
    public string ContentType { get; init; } = JobConstants.JsonContentType;

    /// <summary>The queue it waits in.</summary>
    /// <value>The default is <c>default</c>.</value>
    public string Queue { get; init; } = JobConstants.DefaultQueue;

    /// <summary>From 0 to 9; higher runs first.</summary>
    /// <value>The default is 0.</value>
    public int Priority { get; init; }

    /// <summary>The number of the last attempt; at least 1.</summary>
    /// <value>The default is 5.</value>
    public int MaxAttempts { get; init; } = JobConstants.DefaultMaxAttempts;

    /// <summary>How long to wait at least, by the store's clock from the moment it takes the job. Ignored when <see cref="RunAt"/> is set.</summary>
    /// <value>The default is zero: now.</value>
    public TimeSpan Delay { get; init; }

    /// <summary>The earliest moment of the first attempt, compared with the store's clock.</summary>
    /// <value>The default is <see langword="null"/>: <see cref="Delay"/> counts.</value>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>
    /// How long after the store took the job the last attempt may be started. Ignored when <see cref="ExpiresAt"/> is set. Workers look at it;
    /// stores only keep it.
    /// </summary>
    /// <value>The default is <see langword="null"/>: for ever.</value>
    public TimeSpan? Expires { get; init; }

    /// <summary>The moment from which on no attempt is started. Workers look at it; stores only keep it.</summary>
    /// <value>The default is <see langword="null"/>: <see cref="Expires"/> counts.</value>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>With the name, the key under which at most one job is in the store.</summary>
    /// <value>The default is <see langword="null"/>: no such limit.</value>
    public string? IdempotencyKey { get; init; }

    /// <summary>Free text that travels with the job, for applications and protocols.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = NoHeaders;

    /// <summary>The W3C <c>traceparent</c> of the caller that enqueued the job.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The W3C <c>tracestate</c> of that caller.</summary>
    public string? TraceState { get; init; }

    private static readonly IReadOnlyDictionary<string, string> NoHeaders = new Dictionary<string, string>(StringComparer.Ordinal);
}
