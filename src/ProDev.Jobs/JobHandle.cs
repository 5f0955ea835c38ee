namespace ProDev.Jobs;

/// <summary>The receipt for an enqueued job: the provider has confirmed it.</summary>
/// <param name="id">The id of the job in the store.</param>
/// <param name="alreadyExisted">Whether the job was there before.</param>
public sealed class JobHandle(Guid id, bool alreadyExisted = false)
{
    /// <summary>The id of the job; sortable by time (UUID version 7).</summary>
    public Guid Id { get; } = id;

    /// <summary>
    /// <see langword="true"/> when no new job was made, because a job of the same name with the same <see cref="EnqueueOptions.IdempotencyKey"/> is in
    /// the store, or one that is the same by <see cref="EnqueueOptions.Unique"/>; <see cref="Id"/> is the id of that job.
    /// </summary>
    public bool AlreadyExisted { get; } = alreadyExisted;

    /// <summary>Whether there is a new job, or what was done to the one that was there.</summary>
    /// <value>The default is <see cref="EnqueueOutcome.Existed"/> or <see cref="EnqueueOutcome.Enqueued"/>, as <see cref="AlreadyExisted"/> says.</value>
    public EnqueueOutcome Outcome { get; init; } = alreadyExisted ? EnqueueOutcome.Existed : EnqueueOutcome.Enqueued;

    internal IJobClient? Client { get; init; }

    /// <summary>Waits for the job's end; see <see cref="IJobClient.WaitAsync"/>.</summary>
    /// <param name="cancellationToken">Cancels the wait, not the job.</param>
    /// <returns>The job as it ended: succeeded, dead or revoked.</returns>
    /// <exception cref="InvalidOperationException">The handle does not come from a client.</exception>
    public Task<JobInfo> WaitAsync(CancellationToken cancellationToken = default) => Connected().WaitAsync(Id, cancellationToken);

    /// <summary>Waits for what the job returns; see <see cref="IJobClient.ResultAsync{TResult}"/>.</summary>
    /// <typeparam name="TResult">The result type of the job.</typeparam>
    /// <param name="cancellationToken">Cancels the wait, not the job.</param>
    /// <returns>The result.</returns>
    /// <exception cref="JobFailedException">The job was given up or revoked.</exception>
    /// <exception cref="InvalidOperationException">The handle does not come from a client, or the job left no such result.</exception>
    public Task<TResult> ResultAsync<TResult>(CancellationToken cancellationToken = default)
        => Connected().ResultAsync<TResult>(Id, cancellationToken);

    private IJobClient Connected()
        => Client ?? throw new InvalidOperationException(
            "This JobHandle was not made by an IJobClient, so it cannot ask for the job. Pass its Id to IJobClient.ResultAsync.");
}
