namespace ProDev.Jobs;

/// <summary>
/// Enqueues jobs, and answers what became of them. Registered as a singleton by <c>AddProDevJobs()</c>; safe for concurrent use.
/// </summary>
public interface IJobClient
{
    /// <summary>
    /// Enqueues the job that takes <typeparamref name="TArgs"/>. The task ends only after the provider has confirmed the job:
    /// on a durable provider it then survives a crash.
    /// </summary>
    /// <typeparam name="TArgs">The declared argument type of exactly one registered job.</typeparam>
    /// <param name="args">The arguments; serialised before the call returns its task.</param>
    /// <param name="configure">Sets delay, priority and more; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">
    /// Cancels before the store takes the job. If the store was already committing, the call ends normally instead.
    /// </param>
    /// <returns>The handle of the new job, or of the one that has the same idempotency key.</returns>
    /// <exception cref="InvalidOperationException">No registered job, or more than one, takes <typeparamref name="TArgs"/>.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or the arguments cannot be serialised or are too large.</exception>
    /// <exception cref="JobStoreException">The store cannot take the job; it was not enqueued.</exception>
    Task<JobHandle> EnqueueAsync<TArgs>(
        TArgs args, Action<EnqueueOptions>? configure = null, CancellationToken cancellationToken = default)
        where TArgs : notnull;

    /// <summary>Enqueues <typeparamref name="TJob"/>, for when several jobs take the same argument type.</summary>
    /// <typeparam name="TJob">A registered job.</typeparam>
    /// <typeparam name="TArgs">Its argument type.</typeparam>
    /// <param name="args">The arguments; serialised before the call returns its task.</param>
    /// <param name="configure">Sets delay, priority and more; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels before the store takes the job.</param>
    /// <returns>The handle of the new job, or of the one that has the same idempotency key.</returns>
    /// <exception cref="InvalidOperationException"><typeparamref name="TJob"/> is not registered.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or the arguments cannot be serialised or are too large.</exception>
    /// <exception cref="JobStoreException">The store cannot take the job; it was not enqueued.</exception>
    Task<JobHandle> EnqueueAsync<TJob, TArgs>(
        TArgs args, Action<EnqueueOptions>? configure = null, CancellationToken cancellationToken = default)
        where TJob : class, IJob<TArgs>
        where TArgs : notnull;

    /// <summary>
    /// Enqueues one job per element, all of them or none, in one round trip: much faster than one call each.
    /// </summary>
    /// <typeparam name="TArgs">The declared argument type of exactly one registered job.</typeparam>
    /// <param name="args">The arguments, one job each; enumerated once. Empty is allowed and does nothing.</param>
    /// <param name="configure">Sets the options of each job; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels before the store takes the jobs.</param>
    /// <returns>A handle per element, in the same order.</returns>
    /// <exception cref="InvalidOperationException">No registered job, or more than one, takes <typeparamref name="TArgs"/>.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or arguments cannot be serialised or are too large.</exception>
    /// <exception cref="JobStoreException">The store cannot take the jobs; none was enqueued.</exception>
    Task<IReadOnlyList<JobHandle>> EnqueueManyAsync<TArgs>(
        IEnumerable<TArgs> args, Action<TArgs, EnqueueOptions>? configure = null, CancellationToken cancellationToken = default)
        where TArgs : notnull;

    /// <summary>Looks a job up.</summary>
    /// <param name="id">The id from <see cref="JobHandle.Id"/>.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The job, or <see langword="null"/> when it never existed, was discarded, or has been pruned after it succeeded.</returns>
    /// <exception cref="NotSupportedException">The provider cannot be queried.</exception>
    Task<JobInfo?> FindAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Counts the jobs in each state.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The counts at one moment.</returns>
    /// <exception cref="NotSupportedException">The provider cannot be queried.</exception>
    Task<JobCounts> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists dead letters, oldest enqueued first.</summary>
    /// <param name="query">What to list; <see langword="null"/> for the first 100 of all.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>At most <see cref="DeadLetterQuery.Take"/> jobs.</returns>
    /// <exception cref="NotSupportedException">The provider cannot be queried.</exception>
    Task<IReadOnlyList<JobInfo>> ListDeadLettersAsync(DeadLetterQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Queues a dead letter again, with its attempts counted from zero. Its id stays the same.</summary>
    /// <param name="id">The id of the job.</param>
    /// <param name="cancellationToken">Cancels before the store takes the change.</param>
    /// <returns><see langword="false"/> when there is no such dead letter.</returns>
    Task<bool> ReplayAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Deletes a dead letter for good.</summary>
    /// <param name="id">The id of the job.</param>
    /// <param name="cancellationToken">Cancels before the store takes the change.</param>
    /// <returns><see langword="false"/> when there is no such dead letter.</returns>
    Task<bool> DiscardAsync(Guid id, CancellationToken cancellationToken = default);
}
