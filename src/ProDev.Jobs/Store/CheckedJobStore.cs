using System.Data.Common;
using System.Diagnostics;

namespace ProDev.Jobs;

/// <summary>
/// Wraps the provider once, for everything that client and workers ask: argument checks, missing abilities, and the number of answers.
/// Providers need not repeat any of it.
/// </summary>
internal sealed partial class CheckedJobStore(IJobStore inner)
{
    public JobStoreAbilities Abilities => inner.Abilities;

    public ValueTask OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

    public ValueTask<IReadOnlyList<EnqueuedJob>> EnqueueAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellationToken)
    {
        Check(jobs);
        return Answered(inner.EnqueueAsync(jobs, cancellationToken), jobs.Count);
    }

    public ValueTask<IReadOnlyList<EnqueuedJob>> EnqueueAsync(
        IReadOnlyList<JobEnvelope> jobs, DbTransaction transaction, CancellationToken cancellationToken)
    {
        ITransactionalJobStore transactional = NeedTransactions();
        Check(jobs);
        cancellationToken.ThrowIfCancellationRequested();
        return Answered(transactional.EnqueueAsync(jobs, transaction, cancellationToken), jobs.Count);
    }

    public ITransactionalJobStore NeedTransactions()
        => inner as ITransactionalJobStore ?? throw new NotSupportedException(
            $"The job store '{inner.GetType().Name}' cannot enqueue in a transaction of the application. Use a provider that keeps its jobs in a " +
            "database, such as SQLite or PostgreSQL, or enqueue after the commit.");

    public void Check(IReadOnlyList<JobEnvelope> jobs)
    {
        foreach (JobEnvelope job in jobs)
            Check(job);
    }

    /// <summary>Refuses a job that the store must not see.</summary>
    public void Check(JobEnvelope job) => EnvelopeCheck.Check(job, inner.Abilities, inner.GetType().Name);

    public ValueTask<IReadOnlyList<LeasedJob>> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        Debug.Assert(request is { Maximum: > 0, Queues.Count: > 0 } && request.Lease > TimeSpan.Zero, "The worker's options are checked.");
        return inner.FetchAsync(request, cancellationToken);
    }

    public Task WaitForWorkAsync(IReadOnlyList<string> queues, TimeSpan timeout, CancellationToken cancellationToken)
        => inner.WaitForWorkAsync(queues, timeout, cancellationToken);

    public ValueTask StopFetchingAsync(string worker, CancellationToken cancellationToken) => inner.StopFetchingAsync(worker, cancellationToken);

    public ValueTask<IReadOnlyList<bool>> CompleteAsync(IReadOnlyList<JobCompletion> completions, CancellationToken cancellationToken)
        => Answered(inner.CompleteAsync(completions, cancellationToken), completions.Count);

    public ValueTask<IReadOnlyList<bool>> RetryAsync(IReadOnlyList<JobRetry> retries, CancellationToken cancellationToken)
        => Answered(inner.RetryAsync(retries, cancellationToken), retries.Count);

    public ValueTask<IReadOnlyList<bool>> DeadLetterAsync(IReadOnlyList<JobDeath> deaths, CancellationToken cancellationToken)
        => Answered(inner.DeadLetterAsync(deaths, cancellationToken), deaths.Count);

    public ValueTask<IReadOnlyList<bool>> ExtendAsync(IReadOnlyList<JobLease> leases, TimeSpan lease, CancellationToken cancellationToken)
        => Answered(inner.ExtendAsync(leases, lease, cancellationToken), leases.Count);

    public ValueTask<IReadOnlyList<bool>> ReturnAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
        => Answered(inner.ReturnAsync(leases, cancellationToken), leases.Count);

    public ValueTask<IReadOnlyList<RescuedJob>> RescueAsync(int maximum, CancellationToken cancellationToken)
        => inner.RescueAsync(maximum, cancellationToken);

    public ValueTask<int> PruneAsync(TimeSpan age, int maximum, CancellationToken cancellationToken)
        => inner.PruneAsync(age, maximum, cancellationToken);

    public ValueTask<IReadOnlyList<JobRevocation>> RevokeAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        Need(JobStoreAbilities.Revocation, "revoke jobs");
        return Answered(inner.RevokeAsync(ids, cancellationToken), ids.Count);
    }

    public ValueTask<IReadOnlyList<bool>> FindRevokedAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
        => Answered(inner.FindRevokedAsync(leases, cancellationToken), leases.Count);

    public ValueTask<bool> PauseAsync(string queue, CancellationToken cancellationToken)
    {
        Need(JobStoreAbilities.Pauses, "pause queues");
        JobRules.CheckQueue(queue, nameof(queue));
        return inner.PauseAsync(queue, cancellationToken);
    }

    public ValueTask<bool> ResumeAsync(string queue, CancellationToken cancellationToken)
    {
        Need(JobStoreAbilities.Pauses, "pause queues");
        JobRules.CheckQueue(queue, nameof(queue));
        return inner.ResumeAsync(queue, cancellationToken);
    }

    public ValueTask<IReadOnlyList<string>> ListPausedAsync(CancellationToken cancellationToken)
    {
        Need(JobStoreAbilities.Pauses, "pause queues");
        return inner.ListPausedAsync(cancellationToken);
    }

    public Task WaitForEndAsync(Guid? id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Need(JobStoreAbilities.Results, "keep results");
        return inner.WaitForEndAsync(id, timeout, cancellationToken);
    }

    public ValueTask<bool> NoteAsync(JobLease lease, string name, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        Need(JobStoreAbilities.Notes, "keep progress and steps");
        return inner.NoteAsync(lease, name, value, cancellationToken);
    }

    public ValueTask<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> ReadNotesAsync(Guid id, CancellationToken cancellationToken)
    {
        Need(JobStoreAbilities.Notes, "keep progress and steps");
        return inner.ReadNotesAsync(id, cancellationToken);
    }

    public ValueTask<JobInfo?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        Need(JobStoreAbilities.Queries, "be queried");
        return inner.FindAsync(id, cancellationToken);
    }

    public ValueTask<JobCounts> CountAsync(CancellationToken cancellationToken)
    {
        Need(JobStoreAbilities.Queries, "be queried");
        return inner.CountAsync(cancellationToken);
    }

    public ValueTask<IReadOnlyList<JobInfo>> ListDeadLettersAsync(DeadLetterQuery query, CancellationToken cancellationToken)
    {
        Need(JobStoreAbilities.Queries, "be queried");
        if (query.Take is < 1 or > 1000)
            throw new ArgumentException($"DeadLetterQuery.Take is '{query.Take}'. Set it from 1 to 1000.", nameof(query));
        return inner.ListDeadLettersAsync(query, cancellationToken);
    }

    public ValueTask<IReadOnlyList<bool>> ReplayAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        Need(JobStoreAbilities.Queries, "be queried");
        return Answered(inner.ReplayAsync(ids, cancellationToken), ids.Count);
    }

    public ValueTask<IReadOnlyList<bool>> DiscardAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        Need(JobStoreAbilities.Queries, "be queried");
        return Answered(inner.DiscardAsync(ids, cancellationToken), ids.Count);
    }

    private void Need(JobStoreAbilities ability, string what)
    {
        if (!inner.Abilities.HasFlag(ability))
            throw new NotSupportedException($"The job store '{inner.GetType().Name}' cannot {what}. Use a provider that can, such as SQLite.");
    }

    private async ValueTask<IReadOnlyList<T>> Answered<T>(ValueTask<IReadOnlyList<T>> call, int expected)
    {
        IReadOnlyList<T> answers = await call.ConfigureAwait(false);
        return answers.Count == expected
            ? answers
            : throw new JobStoreException(
                $"The job store '{inner.GetType().Name}' gave {answers.Count} answers to {expected} questions. This is a defect of the provider.");
    }
}
