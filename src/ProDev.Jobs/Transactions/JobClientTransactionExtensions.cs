using System.Data.Common;

namespace ProDev.Jobs;

/// <summary>Enqueues in a transaction of the application; short for <see cref="IJobClient.InTransaction"/>.</summary>
public static class JobClientTransactionExtensions
{
    /// <summary>
    /// Enqueues the job that takes <typeparamref name="TArgs"/> in a transaction: it is there, and may run, once the transaction is committed, and
    /// never was if it is not.
    /// </summary>
    /// <typeparam name="TArgs">The declared argument type of exactly one registered job.</typeparam>
    /// <param name="jobs">The client.</param>
    /// <param name="args">The arguments; serialised before the call returns its task.</param>
    /// <param name="transaction">The transaction; see <see cref="IJobClient.InTransaction"/>.</param>
    /// <param name="configure">Sets delay, priority and more; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels before the store takes the job.</param>
    /// <returns>The handle of the new job, or of the one that has the same idempotency key or is in the way of a unique one.</returns>
    /// <exception cref="NotSupportedException">The provider does not keep its jobs in a database with transactions.</exception>
    /// <exception cref="InvalidOperationException">The transaction has ended; or not exactly one registered job takes the arguments.</exception>
    /// <exception cref="ArgumentException">
    /// The transaction belongs to another driver or file; an option is out of range, or the arguments cannot be serialised or are too large.
    /// </exception>
    /// <exception cref="JobStoreException">The store cannot take the job, or its tables are not in the database of the transaction.</exception>
    public static Task<JobHandle> EnqueueAsync<TArgs>(
        this IJobClient jobs, TArgs args, DbTransaction transaction, Action<EnqueueOptions>? configure = null,
        CancellationToken cancellationToken = default)
        where TArgs : notnull
    {
        ArgumentNullException.ThrowIfNull(jobs);
        return jobs.InTransaction(transaction).EnqueueAsync(args, configure, cancellationToken);
    }

    /// <summary>Enqueues one job per element in a transaction, all of them or none.</summary>
    /// <typeparam name="TArgs">The declared argument type of exactly one registered job.</typeparam>
    /// <param name="jobs">The client.</param>
    /// <param name="args">The arguments, one job each; enumerated once. Empty is allowed and does nothing.</param>
    /// <param name="transaction">The transaction; see <see cref="IJobClient.InTransaction"/>.</param>
    /// <param name="configure">Sets the options of each job; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels before the store takes the jobs.</param>
    /// <returns>A handle per element, in the same order.</returns>
    /// <inheritdoc cref="EnqueueAsync{TArgs}" path="/exception"/>
    public static Task<IReadOnlyList<JobHandle>> EnqueueManyAsync<TArgs>(
        this IJobClient jobs, IEnumerable<TArgs> args, DbTransaction transaction, Action<TArgs, EnqueueOptions>? configure = null,
        CancellationToken cancellationToken = default)
        where TArgs : notnull
    {
        ArgumentNullException.ThrowIfNull(jobs);
        return jobs.InTransaction(transaction).EnqueueManyAsync(args, configure, cancellationToken);
    }

    /// <summary>Enqueues the first jobs of a canvas in a transaction, all of them or none.</summary>
    /// <param name="jobs">The client.</param>
    /// <param name="canvas">The plan.</param>
    /// <param name="transaction">The transaction; see <see cref="IJobClient.InTransaction"/>.</param>
    /// <param name="idempotencyKey">See <see cref="IJobClient.EnqueueCanvasAsync"/>; <see langword="null"/> makes new jobs with every call.</param>
    /// <param name="cancellationToken">Cancels before the store takes the jobs.</param>
    /// <returns>The handle of the canvas.</returns>
    /// <inheritdoc cref="EnqueueAsync{TArgs}" path="/exception"/>
    public static Task<CanvasHandle> EnqueueCanvasAsync(
        this IJobClient jobs, Canvas canvas, DbTransaction transaction, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        return jobs.InTransaction(transaction).EnqueueCanvasAsync(canvas, idempotencyKey, cancellationToken);
    }
}
