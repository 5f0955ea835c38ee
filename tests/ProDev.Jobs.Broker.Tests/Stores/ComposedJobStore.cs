namespace ProDev.Jobs.Broker.Tests;

/// <summary>
/// A broker that delivers and a store that knows. Every job is recorded in the store before it is published, the store's lease decides who runs it, and its
/// message is acknowledged when its end is recorded. So a message may be lost by nobody, doubled by anybody, and late: each of the steps, repeated,
/// changes nothing. What the store starts by itself (schedules, delays that the broker cannot keep, error callbacks of lost workers) waits in the store and
/// is asked for there.
/// </summary>
internal sealed partial class ComposedJobStore(
    TestBroker broker, IJobStore store, TimeProvider time, int window = 200, BrokerTap? tap = null) : IJobStore, IDisposable
{
    private readonly DeliveryWindow _window = new(broker, window, time, tap);
    private readonly HashSet<string> _workers = new(StringComparer.Ordinal);

    public JobStoreAbilities Abilities { get; } = broker.HasPriorities ? store.Abilities : store.Abilities & ~JobStoreAbilities.Priorities;

    public ValueTask OpenAsync(CancellationToken cancellationToken) => store.OpenAsync(cancellationToken);

    public async ValueTask<IReadOnlyList<EnqueuedJob>> EnqueueAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellationToken)
    {
        IReadOnlyList<EnqueuedJob> answers = await store.EnqueueAsync([.. jobs.Select(Recorded)], cancellationToken);
        for (int i = 0; i < jobs.Count; i++)
        {
            // One that was there may never have been published: whoever recorded it may have died before, and this is the call repeated.
            if (answers[i].AlreadyExisted)
                await RingIfWaitingAsync(answers[i].Id);
            else if (IsCarried(jobs[i]))
                await PublishAsync(jobs[i]);
        }

        return answers;
    }

    public async Task WaitForWorkAsync(IReadOnlyList<string> queues, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Task next = _window.Next;
        _window.Serve(queues);
        string[] all = [.. queues, .. queues.Select(Carried.NameOf)];
        await _window.WaitAsync(next, ended => store.WaitForWorkAsync(all, timeout, ended), timeout, time, cancellationToken);
    }

    public async ValueTask StopFetchingAsync(string worker, CancellationToken cancellationToken)
    {
        lock (_workers)
        {
            _workers.Remove(worker);
            if (_workers.Count > 0)
                return;
        }

        await _window.StopServingAsync(held =>
        {
            _window.Nack(held);
            return Task.CompletedTask;
        });
    }

    public async ValueTask DisposeAsync()
    {
        _window.Dispose();
        await store.DisposeAsync();
    }

    public void Dispose() => _window.Dispose();

    private static DateTimeOffset? DueOf(JobEnvelope job, DateTimeOffset now)
        => job.RunAt is { } at ? at : job.Delay > TimeSpan.Zero ? now + job.Delay : null;

    private bool IsCarried(JobEnvelope job) => broker.HasDelays || !(DueOf(job, time.GetUtcNow()) > time.GetUtcNow());

    private JobEnvelope Recorded(JobEnvelope job) => IsCarried(job) ? job with { Queue = Carried.NameOf(job.Queue) } : job;

    private Task PublishAsync(JobEnvelope job)
    {
        DateTimeOffset now = time.GetUtcNow();
        return _window.PublishAsync(job.Queue, Doorbell.JobOf(job), DueOf(job, now) - now ?? TimeSpan.Zero);
    }

    /// <summary>Says that the store has this job, unless it has ended, runs, or is asked for in the store.</summary>
    private async Task RingIfWaitingAsync(Guid id)
    {
        if (await store.FindAsync(id, CancellationToken.None) is { State: JobState.Queued or JobState.Scheduled } job && Carried.Is(job.Queue))
            await RingAsync(job);
    }

    private Task RingAsync(JobInfo job)
    {
        string queue = Carried.Plain(job.Queue);
        return _window.PublishAsync(queue, Doorbell.For(job.Id, queue));
    }
}
