namespace ProDev.Jobs;

/// <summary>What becomes of fetched jobs.</summary>
internal sealed partial class MemoryJobStore
{
    public ValueTask<IReadOnlyList<bool>> CompleteAsync(IReadOnlyList<JobCompletion> completions, CancellationToken cancellationToken)
        => Settle(completions, static c => c.Lease, (job, completion, now) =>
        {
            job.Error = null;
            job.Result = completion.Result;
            End(job, completion.IsRevoked ? JobState.Revoked : JobState.Succeeded, now);
            Follow(completion.FollowUp, now);
        }, cancellationToken);

    public ValueTask<IReadOnlyList<bool>> RetryAsync(IReadOnlyList<JobRetry> retries, CancellationToken cancellationToken)
        => Settle(retries, static r => r.Lease, (job, retry, now) =>
        {
            job.Error = retry.Error;
            if (retry.IsUncharged)
                job.Attempt--;
            if (job.IsToRevoke)
                EndRevoked(job, now);
            else
                _table.Move(job, retry.Delay > TimeSpan.Zero ? JobState.Scheduled : JobState.Queued, now + retry.Delay);
        }, cancellationToken);

    public ValueTask<IReadOnlyList<bool>> DeadLetterAsync(IReadOnlyList<JobDeath> deaths, CancellationToken cancellationToken)
        => Settle(deaths, static d => d.Lease, (job, death, now) =>
        {
            job.Error = death.Error;
            if (job.IsToRevoke)
            {
                EndRevoked(job, now);
                return;
            }

            Bury(job, death.Reason, death.Error, now);
            Follow(death.FollowUp, now);
        }, cancellationToken);

    public ValueTask<IReadOnlyList<bool>> ExtendAsync(
        IReadOnlyList<JobLease> leases, TimeSpan lease, CancellationToken cancellationToken)
        => Settle(leases, static l => l, (job, _, now) => job.LeasedUntil = now + lease, cancellationToken);

    public ValueTask<IReadOnlyList<bool>> ReturnAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
        => Settle(leases, static l => l, (job, _, now) =>
        {
            job.Attempt--;
            Requeue(job, now);
        }, cancellationToken);

    public ValueTask<IReadOnlyList<RescuedJob>> RescueAsync(int maximum, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var rescued = new List<RescuedJob>();
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            List<MemoryJob> expired = [.. _table.Running.Where(j => j.LeasedUntil <= now).OrderBy(j => j.Number).Take(maximum)];
            foreach (MemoryJob job in expired)
            {
                bool last = job.Attempt >= job.MaxAttempts && !job.IsToRevoke;
                string error = JobErrors.WorkerLost(job.Attempt, job.MaxAttempts);
                if (last)
                {
                    Bury(job, DeadLetterReason.WorkerLost, error, now);
                    Follow(JobFollowUp.AfterDeath(job.Envelope!, DeadLetterReason.WorkerLost, error, job.Attempt), now);
                }
                else
                {
                    job.Error = error;
                    Requeue(job, now);
                }

                rescued.Add(new RescuedJob(job.Id, job.Name, job.Attempt, last));
            }

            _table.CallNext(now);
        }

        if (rescued.Count > 0)
        {
            _signal.Pulse();
            _ended.Pulse(rescued.Select(static r => r.Id));
        }

        return ValueTask.FromResult<IReadOnlyList<RescuedJob>>(rescued);
    }

    private void Requeue(MemoryJob job, DateTimeOffset now)
    {
        if (job.IsToRevoke)
            EndRevoked(job, now);
        else
            _table.Move(job, JobState.Queued);
    }

    private void EndRevoked(MemoryJob job, DateTimeOffset now)
    {
        JobFollowUp? followUp = JobFollowUp.WithoutResult(job.Envelope!);
        End(job, JobState.Revoked, now);
        Follow(followUp, now);
    }

    private void End(MemoryJob job, JobState state, DateTimeOffset now)
    {
        job.FinishedAt = now;
        job.Envelope = null;
        _table.Move(job, state);
        while (_table.EndedCount > _finishedCapacity)
            _table.RemoveOldestEnded();
    }

    // What follows was accepted with the job, so it is not asked whether there is room.
    private void Follow(JobFollowUp? followUp, DateTimeOffset now)
    {
        for (JobFollowUp? next = followUp; next is not null; next = next.Contribution is { } part ? _joins.Contribute(part) : null)
        {
            foreach (JobEnvelope envelope in next.Jobs)
                Add(envelope, now);
        }
    }

    private void Bury(MemoryJob job, DeadLetterReason reason, string error, DateTimeOffset now)
    {
        job.Reason = reason;
        job.Error = error;
        job.FinishedAt = now;
        _table.Move(job, JobState.DeadLettered);
    }

    private ValueTask<IReadOnlyList<bool>> Settle<T>(
        IReadOnlyList<T> items, Func<T, JobLease> leaseOf, Action<MemoryJob, T, DateTimeOffset> change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var answers = new bool[items.Count];
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            for (int i = 0; i < items.Count; i++)
            {
                if (_table.Held(leaseOf(items[i])) is not { } job)
                    continue;
                change(job, items[i], now);
                answers[i] = true;
            }

            _table.CallNext(now);
        }

        _signal.Pulse();
        _ended.Pulse(items.Select(i => leaseOf(i).JobId));
        return ValueTask.FromResult<IReadOnlyList<bool>>(answers);
    }
}
