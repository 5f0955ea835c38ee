using System.Data.Common;

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
    /// <returns>The handle of the new job, or of the one that has the same idempotency key or is in the way of a unique one.</returns>
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
    /// <returns>The handle of the new job, or of the one that has the same idempotency key or is in the way of a unique one.</returns>
    /// <exception cref="InvalidOperationException"><typeparamref name="TJob"/> is not registered.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or the arguments cannot be serialised or are too large.</exception>
    /// <exception cref="JobStoreException">The store cannot take the job; it was not enqueued.</exception>
    Task<JobHandle> EnqueueAsync<TJob, TArgs>(
        TArgs args, Action<EnqueueOptions>? configure = null, CancellationToken cancellationToken = default)
        where TJob : class, IJob<TArgs>
        where TArgs : notnull;

    /// <summary>Enqueues <typeparamref name="TJob"/>, whose result the handle can wait for.</summary>
    /// <typeparam name="TJob">A registered job.</typeparam>
    /// <typeparam name="TArgs">Its argument type.</typeparam>
    /// <typeparam name="TResult">Its result type.</typeparam>
    /// <param name="args">The arguments; serialised before the call returns its task.</param>
    /// <param name="configure">Sets delay, priority and more; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels before the store takes the job.</param>
    /// <returns>The handle of the new job, or of the one that has the same idempotency key or is in the way of a unique one.</returns>
    /// <exception cref="InvalidOperationException"><typeparamref name="TJob"/> is not registered.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or the arguments cannot be serialised or are too large.</exception>
    /// <exception cref="JobStoreException">The store cannot take the job; it was not enqueued.</exception>
    Task<JobHandle<TResult>> EnqueueAsync<TJob, TArgs, TResult>(
        TArgs args, Action<EnqueueOptions>? configure = null, CancellationToken cancellationToken = default)
        where TJob : class, IJob<TArgs, TResult>
        where TArgs : notnull;

    /// <summary>Enqueues the first jobs of a canvas, all of them or none; the others follow by themselves.</summary>
    /// <param name="canvas">The plan.</param>
    /// <param name="idempotencyKey">
    /// Makes enqueueing repeatable: the ids of all jobs are made from it, and as long as any of them (callbacks apart) is in the store, nothing is
    /// enqueued. A provider that cannot be queried knows only of the first jobs. The plan must be the same each time, in number and order of its jobs.
    /// One to 256 characters; <see langword="null"/> makes new jobs with every call.
    /// </param>
    /// <param name="cancellationToken">Cancels before the store takes the jobs.</param>
    /// <returns>The handle of the canvas.</returns>
    /// <exception cref="ArgumentException">
    /// A job takes the result of one that returns nothing, or begins the canvas without arguments; an option is out of range; arguments, or what
    /// follows a job, are too large or nested too deeply.
    /// </exception>
    /// <exception cref="InvalidOperationException">A job is not registered.</exception>
    /// <exception cref="NotSupportedException">The provider cannot start what follows a job.</exception>
    /// <exception cref="JobStoreException">The store cannot take the jobs; none was enqueued.</exception>
    Task<CanvasHandle> EnqueueCanvasAsync(Canvas canvas, string? idempotencyKey = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives a client that enqueues in a transaction of the application: its jobs are written on the connection of the transaction, are there and may
    /// run once it is committed, and never were if it is not. Everything but enqueueing is as with this client, outside of the transaction.
    /// </summary>
    /// <param name="transaction">
    /// A transaction on the database that holds the jobs, made by the driver of the provider. It stays the caller's, and so does its connection: one
    /// command at a time. After an error of the store it should be rolled back.
    /// </param>
    /// <returns>The client, for as long as the transaction lives. Its handles name jobs that nobody else sees before the commit.</returns>
    /// <exception cref="NotSupportedException">The provider does not keep its jobs in a database with transactions.</exception>
    IJobClient InTransaction(DbTransaction transaction);

    /// <summary>Makes a place where complete jobs wait for a transaction. For integrations; applications use <see cref="InTransaction"/>.</summary>
    /// <returns>The place; empty.</returns>
    /// <exception cref="NotSupportedException">The provider does not keep its jobs in a database with transactions.</exception>
    PendingJobs CreatePending();

    /// <summary>Waits until a job has ended.</summary>
    /// <param name="id">The id from <see cref="JobHandle.Id"/>.</param>
    /// <param name="cancellationToken">Cancels the wait, not the job.</param>
    /// <returns>The job: succeeded, dead or revoked.</returns>
    /// <exception cref="InvalidOperationException">There is no such job.</exception>
    /// <exception cref="NotSupportedException">The provider keeps no results.</exception>
    Task<JobInfo> WaitAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Waits for what a job returns. The result can be read until the job is pruned; see <see cref="JobsOptions.Retention"/>.</summary>
    /// <typeparam name="TResult">The result type of the job, or a type that the same JSON fits.</typeparam>
    /// <param name="id">The id from <see cref="JobHandle.Id"/>.</param>
    /// <param name="cancellationToken">Cancels the wait, not the job.</param>
    /// <returns>The result.</returns>
    /// <exception cref="JobFailedException">The job was given up or revoked. A dead letter may be replayed, and then waited for again.</exception>
    /// <exception cref="InvalidOperationException">There is no such job, it left no result, or the result does not fit.</exception>
    /// <exception cref="NotSupportedException">The provider keeps no results.</exception>
    Task<TResult> ResultAsync<TResult>(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Reads how far a job is; see <see cref="JobContext.ReportProgressAsync"/>.</summary>
    /// <param name="id">The id from <see cref="JobHandle.Id"/>.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>What the job said last; <see langword="null"/> if it said nothing, or there is no such job.</returns>
    /// <exception cref="NotSupportedException">The provider cannot keep progress.</exception>
    Task<JobProgress?> ProgressAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes a job back. One that waits will not be started. The token of one that runs fires within a poll interval of its worker
    /// (<see cref="WorkerOptions.PollInterval"/>), with the cause <see cref="JobCancellationCause.Revoked"/>. What would have followed it in a
    /// canvas does not happen.
    /// </summary>
    /// <param name="id">The id from <see cref="JobHandle.Id"/>.</param>
    /// <param name="cancellationToken">Cancels before the store takes the change.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="NotSupportedException">The provider cannot revoke jobs.</exception>
    Task<JobRevocation> RevokeAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Pauses a queue for all workers, until it is resumed. Jobs that a worker has fetched still run; jobs can be enqueued.
    /// </summary>
    /// <param name="queue">The queue.</param>
    /// <param name="cancellationToken">Cancels before the store takes the change.</param>
    /// <returns><see langword="false"/> when it was paused already.</returns>
    /// <exception cref="ArgumentException">The name is malformed.</exception>
    /// <exception cref="NotSupportedException">The provider cannot pause queues.</exception>
    Task<bool> PauseAsync(string queue, CancellationToken cancellationToken = default);

    /// <summary>Ends the pause of a queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="cancellationToken">Cancels before the store takes the change.</param>
    /// <returns><see langword="false"/> when it was not paused.</returns>
    /// <exception cref="ArgumentException">The name is malformed.</exception>
    /// <exception cref="NotSupportedException">The provider cannot pause queues.</exception>
    Task<bool> ResumeAsync(string queue, CancellationToken cancellationToken = default);

    /// <summary>Lists the paused queues.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>Their names, sorted.</returns>
    /// <exception cref="NotSupportedException">The provider cannot pause queues.</exception>
    Task<IReadOnlyList<string>> ListPausedAsync(CancellationToken cancellationToken = default);

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
    /// <returns>The job, or <see langword="null"/> when it never existed, was discarded, or has been pruned after it succeeded or was revoked.</returns>
    /// <exception cref="NotSupportedException">The provider cannot be queried.</exception>
    Task<JobInfo?> FindAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Counts the jobs in each state.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The counts at one moment.</returns>
    /// <exception cref="NotSupportedException">The provider cannot be queried.</exception>
    Task<JobCounts> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists dead letters by id: oldest enqueued first, except for those of a canvas with a key, whose ids say nothing about time.</summary>
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

    /// <summary>Queues all dead letters again that the query fits, page by page.</summary>
    /// <param name="query">Which; <see langword="null"/> for all. <see cref="DeadLetterQuery.Take"/> is the size of a page.</param>
    /// <param name="cancellationToken">Stops between two pages; what was replayed stays so.</param>
    /// <returns>How many.</returns>
    /// <exception cref="NotSupportedException">The provider cannot be queried.</exception>
    Task<int> ReplayAllAsync(DeadLetterQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes all dead letters for good that the query fits, page by page.</summary>
    /// <param name="query">Which; <see langword="null"/> for all. <see cref="DeadLetterQuery.Take"/> is the size of a page.</param>
    /// <param name="cancellationToken">Stops between two pages; what was deleted is gone.</param>
    /// <returns>How many.</returns>
    /// <exception cref="NotSupportedException">The provider cannot be queried.</exception>
    Task<int> DiscardAllAsync(DeadLetterQuery? query = null, CancellationToken cancellationToken = default);
}
