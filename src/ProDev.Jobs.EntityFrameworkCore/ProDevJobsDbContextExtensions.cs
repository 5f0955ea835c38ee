using Microsoft.EntityFrameworkCore;

namespace ProDev.Jobs.EntityFrameworkCore;

/// <summary>Enqueues jobs that commit or roll back with a context.</summary>
public static class ProDevJobsDbContextExtensions
{
    /// <summary>
    /// Enqueues the job that takes <typeparamref name="TArgs"/> with the changes of the context. In a transaction that the application has begun
    /// (<c>Database.BeginTransactionAsync()</c>) it is written at once. Without one the context keeps it, and the next SaveChanges writes it in one
    /// transaction with the changes, even if there are none; a SaveChanges that fails keeps it for the next one.
    /// </summary>
    /// <typeparam name="TArgs">The declared argument type of exactly one registered job.</typeparam>
    /// <param name="context">The context. Like everything with it, for one caller at a time.</param>
    /// <param name="args">The arguments; serialised before the call returns its task.</param>
    /// <param name="configure">Sets delay, priority and more; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels before the job is written or kept.</param>
    /// <returns>
    /// The handle. Without a transaction nothing has been looked up yet: <see cref="JobHandle.AlreadyExisted"/> is <see langword="false"/>, and if
    /// another job has the idempotency key, that one stays and the id of the handle never exists.
    /// </returns>
    /// <exception cref="InvalidOperationException">
    /// The context was not told to <c>UseProDevJobs()</c>, finds no <see cref="IJobClient"/>, or not exactly one registered job takes the arguments.
    /// </exception>
    /// <exception cref="NotSupportedException">The provider of the jobs or of the context has no transactions, or a TransactionScope is open.</exception>
    /// <exception cref="ArgumentException">
    /// The context and the jobs are in different files or of different drivers, an option is out of range, or the arguments cannot be serialised or are
    /// too large.
    /// </exception>
    /// <exception cref="JobStoreException">The job cannot be written into the transaction of the application.</exception>
    public static Task<JobHandle> EnqueueAsync<TArgs>(
        this DbContext context, TArgs args, Action<EnqueueOptions>? configure = null, CancellationToken cancellationToken = default)
        where TArgs : notnull
        => context.GetJobClient().EnqueueAsync(args, configure, cancellationToken);

    /// <summary>Enqueues one job per element with the changes of the context, all of them or none.</summary>
    /// <typeparam name="TArgs">The declared argument type of exactly one registered job.</typeparam>
    /// <param name="context">The context.</param>
    /// <param name="args">The arguments, one job each; enumerated once. Empty is allowed and does nothing.</param>
    /// <param name="configure">Sets the options of each job; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels before the jobs are written or kept.</param>
    /// <returns>A handle per element, in the same order; see <see cref="EnqueueAsync{TArgs}"/>.</returns>
    /// <inheritdoc cref="EnqueueAsync{TArgs}" path="/exception"/>
    public static Task<IReadOnlyList<JobHandle>> EnqueueManyAsync<TArgs>(
        this DbContext context, IEnumerable<TArgs> args, Action<TArgs, EnqueueOptions>? configure = null,
        CancellationToken cancellationToken = default)
        where TArgs : notnull
        => context.GetJobClient().EnqueueManyAsync(args, configure, cancellationToken);

    /// <summary>Enqueues the first jobs of a canvas with the changes of the context, all of them or none.</summary>
    /// <param name="context">The context.</param>
    /// <param name="canvas">The plan.</param>
    /// <param name="idempotencyKey">See <see cref="IJobClient.EnqueueCanvasAsync"/>; <see langword="null"/> makes new jobs with every call.</param>
    /// <param name="cancellationToken">Cancels before the jobs are written or kept.</param>
    /// <returns>The handle of the canvas; see <see cref="EnqueueAsync{TArgs}"/>.</returns>
    /// <inheritdoc cref="EnqueueAsync{TArgs}" path="/exception"/>
    public static Task<CanvasHandle> EnqueueCanvasAsync(
        this DbContext context, Canvas canvas, string? idempotencyKey = null, CancellationToken cancellationToken = default)
        => context.GetJobClient().EnqueueCanvasAsync(canvas, idempotencyKey, cancellationToken);

    /// <summary>
    /// Gives the client that enqueues with the context as it is now: into the open transaction, or to be kept until SaveChanges. Ask anew
    /// after a transaction has begun or ended. Everything but enqueueing is outside of the transaction.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <returns>The client, for jobs that the short forms do not reach.</returns>
    /// <exception cref="InvalidOperationException">The context was not told to <c>UseProDevJobs()</c>, or finds no <see cref="IJobClient"/>.</exception>
    /// <exception cref="NotSupportedException">The provider of the jobs or of the context has no transactions, or a TransactionScope is open.</exception>
    public static IJobClient GetJobClient(this DbContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ContextJobs.Of(context).Client();
    }

    /// <summary>
    /// Forgets the jobs that the context keeps for the next SaveChanges. Call it with <c>ChangeTracker.Clear()</c>, which does not do it.
    /// Jobs that are written in an open transaction stay there.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <exception cref="InvalidOperationException">The context was not told to <c>UseProDevJobs()</c>.</exception>
    public static void ClearPendingJobs(this DbContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        ContextJobs.Of(context).Clear();
    }
}
