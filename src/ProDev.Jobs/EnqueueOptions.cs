namespace ProDev.Jobs;

/// <summary>How one job is enqueued. Everything is optional.</summary>
public sealed class EnqueueOptions
{
    /// <summary>
    /// How long the job waits at least, measured by the store's clock. Zero means now. At most ten years; not together with
    /// <see cref="RunAt"/>.
    /// </summary>
    /// <value>The default is <see langword="null"/>: now.</value>
    public TimeSpan? Delay { get; set; }

    /// <summary>
    /// The earliest moment of the first attempt. A moment in the past means now. At most ten years ahead; not together with
    /// <see cref="Delay"/>.
    /// </summary>
    /// <value>The default is <see langword="null"/>: now.</value>
    public DateTimeOffset? RunAt { get; set; }

    /// <summary>From 0 to 9. Of two jobs in one queue that are ready, the one with the higher priority starts first.</summary>
    /// <value>The default is 0.</value>
    public int Priority { get; set; }

    /// <summary>The queue. A worker takes the job only if it serves this queue.</summary>
    /// <value>The default is <see langword="null"/>: the queue of the <see cref="JobAttribute"/>.</value>
    public string? Queue { get; set; }

    /// <summary>How often the job may be started in all. At least 1.</summary>
    /// <value>The default is <see langword="null"/>: the number of the <see cref="JobAttribute"/>.</value>
    public int? MaxAttempts { get; set; }

    /// <summary>
    /// Makes enqueueing repeatable: while a job of the same name with the same key is in the store (waiting, running, dead, or
    /// succeeded and not yet pruned), enqueueing again changes nothing and returns the handle of that job. One to 256 characters.
    /// </summary>
    /// <value>The default is <see langword="null"/>: every call makes a job.</value>
    public string? IdempotencyKey { get; set; }
}
