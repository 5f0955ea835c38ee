namespace ProDev.Jobs;

/// <summary>
/// What is to happen after a job, carried by the job itself: the rest of its chain, its callbacks, and the group that waits for it. Immutable.
/// </summary>
public sealed class JobContinuation
{
    /// <summary>The rest of the chain, the next step first. It starts with the job's result when the job succeeds.</summary>
    public IReadOnlyList<JobStep> Next { get; init; } = [];

    /// <summary>Jobs to start beside the chain, each with the job's result, when the job succeeds (Celery's <c>link</c>).</summary>
    public IReadOnlyList<JobStep> Callbacks { get; init; } = [];

    /// <summary>
    /// Jobs to start with a <see cref="JobFailure"/> when the job is given up (Celery's <c>link_error</c>). All jobs that share a handler carry
    /// it with the same id, so it starts once, however many of them fail.
    /// </summary>
    public IReadOnlyList<JobStep> ErrorCallbacks { get; init; } = [];

    /// <summary>The group that gets the result of the chain's last step; <see langword="null"/> if none waits.</summary>
    public JobJoin? Join { get; init; }
}
