using System.Data.Common;

namespace ProDev.Jobs;

/// <summary>Enqueueing elsewhere than into the store at once.</summary>
internal sealed partial class JobClient
{
    /// <summary>Where complete jobs go.</summary>
    private Func<IReadOnlyList<JobEnvelope>, CancellationToken, ValueTask<IReadOnlyList<EnqueuedJob>>> Send { get; init; } = store.EnqueueAsync;

    public IJobClient InTransaction(DbTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        store.NeedTransactions();
        return SendingTo((jobs, cancellationToken) => store.EnqueueAsync(jobs, transaction, cancellationToken));
    }

    public PendingJobs CreatePending()
    {
        store.NeedTransactions();
        return new PendingJobs(this, store);
    }

    public JobClient SendingTo(Func<IReadOnlyList<JobEnvelope>, CancellationToken, ValueTask<IReadOnlyList<EnqueuedJob>>> send)
        => new(store, registry, time, options) { Send = send };
}
