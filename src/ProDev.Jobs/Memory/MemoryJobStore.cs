using Microsoft.Extensions.Options;
using ProDev.Shared.Waking;

namespace ProDev.Jobs;

/// <summary>The store in the memory of one process: one lock around one table.</summary>
internal sealed partial class MemoryJobStore(IOptions<MemoryJobsOptions> options, TimeProvider time) : IJobStore, IDisposable
{
    private readonly Lock _lock = new();
    private readonly MemoryJobTable _table = new();
    private readonly MemoryJoins _joins = new();
    private readonly WorkSignal _signal = new();
    private readonly EndSignal _ended = new();
    private readonly int _capacity = options.Value.Capacity;
    private readonly int _finishedCapacity = options.Value.FinishedCapacity;
    private long _lastNumber;

    public JobStoreAbilities Abilities => JobStoreAbilities.All & ~JobStoreAbilities.Durable;

    public ValueTask OpenAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<IReadOnlyList<EnqueuedJob>> EnqueueAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var answers = new EnqueuedJob[jobs.Count];
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            CheckRoom(jobs, now);
            for (int i = 0; i < jobs.Count; i++)
                answers[i] = Add(jobs[i], now);
            _table.CallNext(now);
        }

        _signal.Pulse();
        return ValueTask.FromResult<IReadOnlyList<EnqueuedJob>>(answers);
    }

    public ValueTask<IReadOnlyList<LeasedJob>> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Gate is { } gate ? gate(request) : Fetch(request));
    }

    /// <summary>Leases ready jobs, without asking the gate.</summary>
    public IReadOnlyList<LeasedJob> Fetch(FetchRequest request)
    {
        var leased = new List<LeasedJob>();
        int called;
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            called = _table.Promote(now);
            foreach (string queue in request.Queues)
            {
                var started = new SortedList<MemoryJob, LeasedJob>(ReadyOrder.Instance);
                while (leased.Count + started.Count < request.Maximum && Next(queue, request.JobIds) is { } job)
                {
                    if (_table.TryPass(job, now))
                        started.Add(job, Lease(job, now, request.Lease));
                    called += _table.CallNext(now);
                }

                // One that was called meanwhile may go before others.
                leased.AddRange(started.Values);
            }
        }

        if (called > 0)
            _signal.Pulse();
        return leased;
    }

    public async Task WaitForWorkAsync(IReadOnlyList<string> queues, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // The signal is taken before the look at the clock, so that whatever happens from here on is noticed.
        Task next = _signal.Next;
        DateTimeOffset? due;
        lock (_lock)
            due = _table.NextDue;

        TimeSpan wait = timeout;
        if (due is { } moment && moment - time.GetUtcNow() < wait)
            wait = moment - time.GetUtcNow();

        // Task.Delay drops the fraction of a millisecond: it would wake the worker just before the job is due, again and again.
        wait = TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
        await WorkSignal.WaitAsync(next, wait, time, cancellationToken).ConfigureAwait(false);
    }

    public Task WaitForEndAsync(Guid? id, TimeSpan timeout, CancellationToken cancellationToken)
        => _ended.WaitAsync(id, timeout, time, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>For containers that are disposed synchronously, which refuse services with only an asynchronous way.</summary>
    public void Dispose()
    {
    }

    private void CheckRoom(IReadOnlyList<JobEnvelope> jobs, DateTimeOffset now)
    {
        if (_table.Unfinished + jobs.Count <= _capacity)
            return;
        int added = jobs.Count(j => (_table.FindDuplicate(j) ?? _table.FindConflict(j, now)) is null);
        if (added > 0 && _table.Unfinished + added > _capacity)
        {
            throw new JobStoreException(
                $"The in-memory job store holds '{_table.Unfinished}' unfinished jobs and cannot take {added} more; at most {_capacity} are allowed. " +
                "Nothing was enqueued. Add workers, slow the producer down, raise MemoryJobsOptions.Capacity, or use a durable provider.")
            {
                IsFull = true,
            };
        }
    }

    private EnqueuedJob Add(JobEnvelope envelope, DateTimeOffset now)
    {
        if (_table.FindDuplicate(envelope) is { } existing)
            return new EnqueuedJob(existing.Id, AlreadyExisted: true);

        DateTimeOffset runAt = envelope.RunAt ?? now + envelope.Delay;
        if (runAt < now)
            runAt = now;
        JobState state = runAt <= now ? JobState.Queued : JobState.Scheduled;
        if (_table.FindConflict(envelope, now) is { } other)
            return Resolve(other, envelope, state, runAt, now);
        var job = new MemoryJob(envelope, ++_lastNumber, now, runAt);
        _table.Add(job, state);
        return new EnqueuedJob(job.Id, AlreadyExisted: false);
    }

    private MemoryJob? Next(string queue, IReadOnlyList<Guid>? ids)
        => ids is null ? _table.FirstReady(queue) : ids.Select(id => _table.FindReady(queue, id)).OfType<MemoryJob>().Min(ReadyOrder.Instance);

    private LeasedJob Lease(MemoryJob job, DateTimeOffset now, TimeSpan lease)
    {
        _table.Move(job, JobState.Running);
        job.Attempt++;
        job.Token++;
        job.LeasedUntil = now + lease;
        job.StartedAt = now;
        return new LeasedJob
        {
            Envelope = job.Envelope!,
            Lease = new JobLease(job.Id, job.Token, job.Number),
            Attempt = job.Attempt,
            EnqueuedAt = job.EnqueuedAt,
            LeasedAt = now,
        };
    }
}
