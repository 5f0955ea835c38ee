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

    /// <summary>
    /// How long the job may wait, measured by the store's clock from the moment it takes the job. After that no attempt of it is started, not
    /// even after a failed one: it becomes a dead letter with the reason <see cref="DeadLetterReason.Expired"/>. An attempt that runs already
    /// is not disturbed. More than zero, at most ten years, and longer than the delay; not together with <see cref="ExpiresAt"/>.
    /// </summary>
    /// <value>The default is <see langword="null"/>: it waits for as long as it takes.</value>
    public TimeSpan? Expires { get; set; }

    /// <summary>
    /// The moment from which on no attempt of the job is started; see <see cref="Expires"/>, which does not depend on the clock of the
    /// caller. A moment in the past makes a dead letter as soon as a worker sees the job. Later than <see cref="RunAt"/>; not together with
    /// <see cref="Expires"/>.
    /// </summary>
    /// <value>The default is <see langword="null"/>: it waits for as long as it takes.</value>
    public DateTimeOffset? ExpiresAt { get; set; }

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
    /// succeeded or revoked and not yet pruned), enqueueing again changes nothing and returns the handle of that job. One to 256 characters.
    /// </summary>
    /// <value>The default is <see langword="null"/>: every call makes a job.</value>
    public string? IdempotencyKey { get; set; }

    /// <summary>
    /// By what the job is the same as others, and what happens if one of them is in the way: nothing, or that one is replaced or rescheduled;
    /// <see cref="JobHandle.Outcome"/> tells. An <see cref="IdempotencyKey"/> is looked at first, and goes with <see cref="JobConflict.Skip"/> only. In a
    /// canvas, only a callback that nothing follows may be unique.
    /// </summary>
    /// <value>The default is <see langword="null"/>: what <see cref="JobUniqueAttribute"/> says, if the job has one. <see cref="JobUniqueness.None"/> turns that off.</value>
    public JobUniqueness? Unique { get; set; }

    /// <summary>The soft time limit of this job, instead of that of its <see cref="JobAttribute.SoftTimeLimit"/>. More than zero, at most 30 days.</summary>
    /// <value>The default is <see langword="null"/>: the limit of the <see cref="JobAttribute"/>.</value>
    public TimeSpan? SoftTimeLimit { get; set; }

    /// <summary>The hard time limit of this job, instead of that of its <see cref="JobAttribute.HardTimeLimit"/>. More than zero, at most 30 days.</summary>
    /// <value>The default is <see langword="null"/>: the limit of the <see cref="JobAttribute"/>.</value>
    public TimeSpan? HardTimeLimit { get; set; }

    /// <summary>The group of the job: only so many of its jobs may run at the same time, over all workers of the store.</summary>
    /// <value>The default is <see langword="null"/>: no such limit.</value>
    public JobGroup? Group { get; set; }

    /// <summary>How often jobs may be started that share the bucket of this one, instead of the rate of the <see cref="JobAttribute"/>.</summary>
    /// <value>The default is <see langword="null"/>: the rate of the <see cref="JobAttribute"/>, if it has one.</value>
    public JobRate? Rate { get; set; }

    /// <summary>
    /// The key of the bucket from which the job takes its token, such as <c>bank/customer-7</c>; ordinal, 1 to 256 characters. Jobs with equal keys share
    /// one bucket, whatever their names, and each key has its own. If they name different rates, that of the job enqueued last counts for
    /// all of them, from the moment a worker first looks at that job. Only for jobs that have a rate.
    /// </summary>
    /// <value>The default is <see langword="null"/>: the name of the job.</value>
    public string? RateKey { get; set; }

    /// <summary>Whether nobody wants the result of the job, so that it is not stored. What follows the job in a canvas gets it all the same.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool IgnoreResult { get; set; }

    /// <summary>Free text that travels with the job; <see cref="JobContext.Headers"/> shows it to the job and to middleware.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Words by which people look for the job.</summary>
    public IList<string> Tags { get; } = [];
}
