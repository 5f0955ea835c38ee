namespace ProDev.Jobs;

/// <summary>The receipt for an enqueued job: the provider has confirmed it.</summary>
/// <param name="id">The id of the job in the store.</param>
/// <param name="alreadyExisted">Whether a job with the same idempotency key was there before.</param>
public sealed class JobHandle(Guid id, bool alreadyExisted = false)
{
    /// <summary>The id of the job; sortable by time (UUID version 7).</summary>
    public Guid Id { get; } = id;

    /// <summary>
    /// <see langword="true"/> when nothing was enqueued because a job of the same name with the same
    /// <see cref="EnqueueOptions.IdempotencyKey"/> is in the store; <see cref="Id"/> is the id of that job.
    /// </summary>
    public bool AlreadyExisted { get; } = alreadyExisted;
}
