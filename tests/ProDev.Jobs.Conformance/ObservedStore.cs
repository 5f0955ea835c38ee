using System.Collections.Concurrent;

namespace ProDev.Jobs.Conformance;

/// <summary>Stands between worker and store: remembers the leases that were given, and fails on demand.</summary>
public sealed class ObservedStore(IJobStore inner) : IJobStore, IDisposable
{
    public ConcurrentDictionary<Guid, JobLease> Leases { get; } = new();

    /// <summary>Called with the name of each operation; throws to make it fail.</summary>
    public Action<string> Before { get; set; } = static _ => { };

    /// <summary>Called with the name of the operation when leases have been extended.</summary>
    public Action<string> After { get; set; } = static _ => { };

    public IJobStore Inner => inner;

    public JobStoreAbilities Abilities => inner.Abilities;

    public ValueTask OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

    public ValueTask<IReadOnlyList<EnqueuedJob>> EnqueueAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellationToken)
    {
        Before(nameof(EnqueueAsync));
        return inner.EnqueueAsync(jobs, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<LeasedJob>> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        Before(nameof(FetchAsync));
        IReadOnlyList<LeasedJob> jobs = await inner.FetchAsync(request, cancellationToken);
        foreach (LeasedJob job in jobs)
            Leases[job.Lease.JobId] = job.Lease;
        return jobs;
    }

    public Task WaitForWorkAsync(IReadOnlyList<string> queues, TimeSpan timeout, CancellationToken cancellationToken)
        => inner.WaitForWorkAsync(queues, timeout, cancellationToken);

    public ValueTask<IReadOnlyList<bool>> CompleteAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
    {
        Before(nameof(CompleteAsync));
        return inner.CompleteAsync(leases, cancellationToken);
    }

    public ValueTask<IReadOnlyList<bool>> RetryAsync(IReadOnlyList<JobRetry> retries, CancellationToken cancellationToken)
    {
        Before(nameof(RetryAsync));
        return inner.RetryAsync(retries, cancellationToken);
    }

    public ValueTask<IReadOnlyList<bool>> DeadLetterAsync(IReadOnlyList<JobDeath> deaths, CancellationToken cancellationToken)
    {
        Before(nameof(DeadLetterAsync));
        return inner.DeadLetterAsync(deaths, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<bool>> ExtendAsync(IReadOnlyList<JobLease> leases, TimeSpan lease, CancellationToken cancellationToken)
    {
        Before(nameof(ExtendAsync));
        IReadOnlyList<bool> answers = await inner.ExtendAsync(leases, lease, cancellationToken);
        After(nameof(ExtendAsync));
        return answers;
    }

    public ValueTask<IReadOnlyList<bool>> ReturnAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
    {
        Before(nameof(ReturnAsync));
        return inner.ReturnAsync(leases, cancellationToken);
    }

    public ValueTask<IReadOnlyList<RescuedJob>> RescueAsync(int maximum, CancellationToken cancellationToken)
    {
        Before(nameof(RescueAsync));
        return inner.RescueAsync(maximum, cancellationToken);
    }

    public ValueTask<JobInfo?> FindAsync(Guid id, CancellationToken cancellationToken) => inner.FindAsync(id, cancellationToken);

    public ValueTask<JobCounts> CountAsync(CancellationToken cancellationToken) => inner.CountAsync(cancellationToken);

    public ValueTask<IReadOnlyList<JobInfo>> ListDeadLettersAsync(DeadLetterQuery query, CancellationToken cancellationToken)
        => inner.ListDeadLettersAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<bool>> ReplayAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
        => inner.ReplayAsync(ids, cancellationToken);

    public ValueTask<IReadOnlyList<bool>> DiscardAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
        => inner.DiscardAsync(ids, cancellationToken);

    public ValueTask<int> PruneAsync(TimeSpan age, int maximum, CancellationToken cancellationToken)
        => inner.PruneAsync(age, maximum, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    public void Dispose() => (inner as IDisposable)?.Dispose();
}
