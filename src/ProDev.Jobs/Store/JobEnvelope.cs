namespace ProDev.Jobs;

/// <summary>
/// Everything that travels with a job from the client through the store to a worker. Immutable. Stores keep every field and give
/// it back unchanged, including those they do not understand; fields may be added in later versions. <see cref="JobEnvelopeCodec"/> writes
/// all of them for stores that need not look at each. Two are equal if all fields are; headers, tags and continuations compare by reference.
/// </summary>
public sealed record JobEnvelope
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

    /// <summary>Makes the job unique; the store acts upon it when it takes the job.</summary>
    /// <value>The default is <see langword="null"/>: it is not.</value>
    public JobUniqueKey? Unique { get; init; }

    /// <summary>Free text that travels with the job, for applications and protocols.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = NoHeaders;

    /// <summary>The W3C <c>traceparent</c> of the caller that enqueued the job.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The W3C <c>tracestate</c> of that caller.</summary>
    public string? TraceState { get; init; }

    /// <summary>The first job of the canvas that this one belongs to.</summary>
    /// <value>The default is <see langword="null"/>: the job itself.</value>
    public Guid? RootId { get; init; }

    /// <summary>The job that this one followed.</summary>
    /// <value>The default is <see langword="null"/>: the application enqueued it.</value>
    public Guid? ParentId { get; init; }

    /// <summary>What is to happen after the job.</summary>
    /// <value>The default is <see langword="null"/>: nothing.</value>
    public JobContinuation? Continuation { get; init; }

    /// <summary>The soft time limit of this job alone; see <see cref="JobAttribute.SoftTimeLimit"/>.</summary>
    /// <value>The default is <see langword="null"/>: the limit of the <see cref="JobAttribute"/>.</value>
    public TimeSpan? SoftTimeLimit { get; init; }

    /// <summary>The hard time limit of this job alone; see <see cref="JobAttribute.HardTimeLimit"/>.</summary>
    /// <value>The default is <see langword="null"/>: the limit of the <see cref="JobAttribute"/>.</value>
    public TimeSpan? HardTimeLimit { get; init; }

    /// <summary>Of the jobs of this group only so many may run at the same time. Stores act upon it.</summary>
    /// <value>The default is <see langword="null"/>: no such limit.</value>
    public JobGroup? Group { get; init; }

    /// <summary>How often jobs with the same <see cref="RateKey"/> may be started. Stores act upon it.</summary>
    /// <value>The default is <see langword="null"/>: no such limit.</value>
    public JobRate? Rate { get; init; }

    /// <summary>The key of the bucket from which each start takes a token. Means nothing without <see cref="Rate"/>.</summary>
    /// <value>The default is <see langword="null"/>: <see cref="Name"/>.</value>
    public string? RateKey { get; init; }

    /// <summary>Whether nobody wants the result, so that it need not be stored.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool IgnoreResult { get; init; }

    /// <summary>Words that people look for. Stores only keep them.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>
    /// What a store writes over a job that waits, for <see cref="JobConflict.Replace"/>. The other job keeps the moment at which it was enqueued, from which
    /// <see cref="Expires"/> counts, so that becomes a fixed moment.
    /// </summary>
    /// <param name="now">The store's time.</param>
    /// <returns>The envelope. Its id and idempotency key do not count.</returns>
    public JobEnvelope AsReplacement(DateTimeOffset now)
        => Expires is { } expires && ExpiresAt is null && expires <= DateTimeOffset.MaxValue - now ? this with { Expires = null, ExpiresAt = now + expires } : this;

    private static readonly IReadOnlyDictionary<string, string> NoHeaders = new Dictionary<string, string>(StringComparer.Ordinal);
}
