using System.Text.Json;

namespace ProDev.Jobs.Broker.Tests;

/// <summary>
/// A broker and nothing else. A lease is an unacknowledged delivery: it holds for as long as the connection does. What becomes of a job is published
/// first and its old message acknowledged then, so that a crash between the two doubles a job and loses none.
/// </summary>
internal sealed partial class BrokerJobStore(TestBroker broker, TimeProvider time, int window = 200, BrokerTap? tap = null) : IJobStore, IDisposable
{
    private readonly DeliveryWindow _window = new(broker, window, time, tap);

    public JobStoreAbilities Abilities { get; } = JobStoreAbilities.Durable
        | (broker.HasDelays ? JobStoreAbilities.Delays : JobStoreAbilities.None)
        | (broker.HasPriorities ? JobStoreAbilities.Priorities : JobStoreAbilities.None);

    /// <summary>Where the dead letters of a queue go, for people and their tools.</summary>
    public static string DeadLettersOf(string queue) => queue + ".dead";

    public ValueTask OpenAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async ValueTask<IReadOnlyList<EnqueuedJob>> EnqueueAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DateTimeOffset now = time.GetUtcNow();
        foreach (JobEnvelope job in jobs)
            await _window.PublishAsync(job.Queue, JobMessage.Of(job, now), job.RunAt - now ?? job.Delay);
        return [.. jobs.Select(static j => new EnqueuedJob(j.Id, AlreadyExisted: false))];
    }

    public async ValueTask<IReadOnlyList<LeasedJob>> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await _window.LookAsync(() => FetchAsync(request));
    }

    public Task WaitForWorkAsync(IReadOnlyList<string> queues, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Task next = _window.Next;
        _window.Serve(queues);
        return _window.WaitAsync(next, static ended => Task.Delay(Timeout.Infinite, ended), timeout, time, cancellationToken);
    }

    /// <summary>What waits here goes back as new messages, because a broker marks what is merely given back as if its holder had been lost.</summary>
    public async ValueTask StopFetchingAsync(string worker, CancellationToken cancellationToken)
        => await _window.StopServingAsync(h => ReplaceAsync(h, h.Queue, h.Message));

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _window.Dispose();

    private async Task<List<LeasedJob>> FetchAsync(FetchRequest request)
    {
        _window.Serve(request.Queues);
        var leased = new List<LeasedJob>();
        foreach (string queue in request.Queues)
        {
            // Again, because what is published anew here comes back at once.
            while (leased.Count < request.Maximum && _window.Candidates(queue) is { Count: > 0 } candidates)
            {
                foreach (HeldDelivery candidate in candidates.Take(request.Maximum - leased.Count))
                {
                    if (await TakeAsync(candidate) is { } job)
                        leased.Add(job);
                }
            }
        }

        return leased;
    }

    private async Task<LeasedJob?> TakeAsync(HeldDelivery held)
    {
        if (JobMessage.DueOf(held.Message) is var due && due > time.GetUtcNow())
        {
            _window.Park(held, due);
            return null;
        }

        JobEnvelope job;
        try
        {
            job = JobEnvelopeCodec.Read(held.Message.Body.Span);
        }
        catch (JsonException e)
        {
            await ReplaceAsync(held, DeadLettersOf(held.Queue), held.Message.With(JobMessage.Error, $"The message is no job: {e.Message}"));
            return null;
        }

        if (held.Delivery.IsRedelivered)
        {
            await CountLostAsync(held, job);
            return null;
        }

        var lease = new JobLease(job.Id, JobMessage.LeasesOf(held.Message) + 1, held.Number);
        _window.Lease(held, lease, DateTimeOffset.MaxValue);
        return new LeasedJob
        {
            Envelope = job,
            Lease = lease,
            Attempt = JobMessage.AttemptsOf(held.Message) + 1,
            EnqueuedAt = JobMessage.EnqueuedAt(held.Message),
        };
    }

    /// <summary>
    /// The broker says that there was a holder, not how many. So the attempt is written down before the next one begins; otherwise a job that kills its
    /// process would do so forever.
    /// </summary>
    private Task CountLostAsync(HeldDelivery held, JobEnvelope job)
    {
        int attempt = JobMessage.AttemptsOf(held.Message) + 1;
        if (attempt < job.MaxAttempts)
            return ReplaceAsync(held, held.Queue, JobMessage.Again(held.Message, isCharged: true));
        string error = $"Attempt {attempt} of {job.MaxAttempts} never answered: its worker died or lost its connection.";
        return BuryAsync(held, DeadLetterReason.WorkerLost, error);
    }
}
