using System.Data.Common;

namespace ProDev.Jobs;

/// <summary>
/// Jobs that are complete, with their ids, and wait for a transaction: the base of integrations such as ProDev.Jobs.EntityFrameworkCore.
/// Made by <see cref="IJobClient.CreatePending"/>. One caller at a time.
/// </summary>
public sealed class PendingJobs
{
    private readonly CheckedJobStore _store;
    private readonly List<JobEnvelope> _jobs = [];

    internal PendingJobs(JobClient client, CheckedJobStore store)
    {
        _store = store;
        Client = client.SendingTo(Add);
    }

    /// <summary>
    /// The client whose enqueued jobs are kept here. It checks options and arguments as ever. Its handles name jobs that do not exist yet; a job
    /// with the same idempotency key, or in the way of a unique one, is found only when they are written; then that one counts and the id of the handle never does.
    /// </summary>
    public IJobClient Client { get; }

    /// <summary>How many jobs wait.</summary>
    public int Count => _jobs.Count;

    /// <summary>
    /// Writes all of them into a transaction and keeps them, so that they can be written again when it is rolled back and tried once more.
    /// Their ids stay the same: what is there already is not written twice. Call <see cref="Clear"/> once they are committed.
    /// </summary>
    /// <param name="transaction">The transaction; see <see cref="IJobClient.InTransaction"/>.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns>An answer per job, in the order in which they were enqueued; empty when none waits.</returns>
    /// <exception cref="ArgumentException">The transaction belongs to another driver or file.</exception>
    /// <exception cref="InvalidOperationException">The transaction has ended.</exception>
    /// <exception cref="JobStoreException">The store cannot take the jobs, or its tables are not in the database of the transaction.</exception>
    public ValueTask<IReadOnlyList<EnqueuedJob>> WriteAsync(DbTransaction transaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return _jobs.Count == 0 ? ValueTask.FromResult<IReadOnlyList<EnqueuedJob>>([]) : _store.EnqueueAsync([.. _jobs], transaction, cancellationToken);
    }

    /// <summary>Forgets all of them.</summary>
    public void Clear() => _jobs.Clear();

    private ValueTask<IReadOnlyList<EnqueuedJob>> Add(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _store.Check(jobs);
        _jobs.AddRange(jobs);
        return ValueTask.FromResult<IReadOnlyList<EnqueuedJob>>([.. jobs.Select(static j => new EnqueuedJob(j.Id, AlreadyExisted: false))]);
    }
}
