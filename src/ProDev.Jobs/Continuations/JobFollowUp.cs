namespace ProDev.Jobs;

/// <summary>
/// What follows the end of a job. A store takes it in the same change as the end itself, so that neither can be there without the other.
/// </summary>
public sealed class JobFollowUp
{
    /// <summary>
    /// The jobs to enqueue. Their ids were given when the first job of the canvas was enqueued, so one that is there already is left as it is.
    /// A bounded store takes them even if it is full: the work that they belong to was accepted.
    /// </summary>
    public IReadOnlyList<JobEnvelope> Jobs { get; init; } = [];

    /// <summary>The part that the job's result has in the results of its group; <see langword="null"/> if none waits for it.</summary>
    public JobContribution? Contribution { get; init; }

    /// <summary>
    /// What follows when a job ends and will never give a result: when it is revoked, or discarded as a dead letter. Nothing is enqueued, but the group that
    /// waits for it learns that it waits in vain. Stores call it for jobs that they end so themselves.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <returns>What follows, or <see langword="null"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="job"/> is null.</exception>
    public static JobFollowUp? WithoutResult(JobEnvelope job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job.Continuation?.Join is { } join ? new JobFollowUp { Contribution = FollowUps.ContributionTo(join, default, default) } : null;
    }

    /// <summary>What follows when a job is given up: its error callbacks. Stores call it for jobs that they give up themselves.</summary>
    /// <param name="job">The job.</param>
    /// <param name="reason">Why it is given up.</param>
    /// <param name="error">What went wrong.</param>
    /// <param name="attempt">The number of its last attempt.</param>
    /// <returns>What follows, or <see langword="null"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="job"/> or <paramref name="error"/> is null.</exception>
    public static JobFollowUp? AfterDeath(JobEnvelope job, DeadLetterReason reason, string error, int attempt)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(error);
        return FollowUps.AfterDeath(job, new JobFailure
        {
            JobId = job.Id,
            Name = job.Name,
            Queue = job.Queue,
            Attempt = attempt,
            Reason = reason,
            Error = error,
        });
    }
}
