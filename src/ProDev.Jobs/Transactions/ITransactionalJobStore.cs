using System.Data.Common;

namespace ProDev.Jobs;

/// <summary>
/// What a store implements beside <see cref="IJobStore"/> when its jobs are rows of a database in which applications have rows, too. An application
/// never calls it; <see cref="IJobClient.InTransaction"/> does.
/// </summary>
public interface ITransactionalJobStore
{
    /// <summary>
    /// Takes jobs as part of a transaction of the caller, on its connection: they are there once the caller commits, and never were if it does not.
    /// The rules for ids and idempotency keys are those of <see cref="IJobStore.EnqueueAsync"/>; a job with the same id or key in a transaction that
    /// is still open is waited for. Of the jobs of one call all are written or none, though an error may have ended the transaction, as databases do.
    /// </summary>
    /// <param name="jobs">The jobs; not empty.</param>
    /// <param name="transaction">The transaction; begun, and neither committed nor rolled back. It stays the caller's.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns>An answer per job, in the same order; true once the transaction is committed.</returns>
    /// <exception cref="ArgumentException">The transaction belongs to another driver or file.</exception>
    /// <exception cref="InvalidOperationException">The transaction has ended.</exception>
    /// <exception cref="JobStoreException">The store cannot take the jobs, or its tables are not in the database of the transaction.</exception>
    ValueTask<IReadOnlyList<EnqueuedJob>> EnqueueAsync(
        IReadOnlyList<JobEnvelope> jobs, DbTransaction transaction, CancellationToken cancellationToken);
}
