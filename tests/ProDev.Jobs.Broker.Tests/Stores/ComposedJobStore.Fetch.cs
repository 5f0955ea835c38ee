namespace ProDev.Jobs.Broker.Tests;

/// <summary>From deliveries to leases.</summary>
internal sealed partial class ComposedJobStore
{
    /// <summary>How soon a delivery is looked at again whose job another holds or nobody can have just now, as a part of the lease.</summary>
    private const int LooksPerLease = 3;

    public async ValueTask<IReadOnlyList<LeasedJob>> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_workers)
            _workers.Add(request.Worker);

        // No token from here on: a fetch that is cancelled half-way would leave leases behind.
        return await _window.LookAsync(() => FetchAsync(request));
    }

    private async Task<List<LeasedJob>> FetchAsync(FetchRequest request)
    {
        var leased = new List<LeasedJob>();
        try
        {
            IReadOnlyList<string> paused = await store.ListPausedAsync(CancellationToken.None);
            _window.Serve(request.Queues);
            foreach (string queue in request.Queues.Where(q => !paused.Contains(q)))
            {
                if (leased.Count < request.Maximum)
                    leased.AddRange(await store.FetchAsync(Part(request, queue, request.Maximum - leased.Count, request.JobIds), CancellationToken.None));
                if (leased.Count < request.Maximum)
                    await FetchDeliveredAsync(request, queue, leased);
            }
        }
        catch (JobStoreException) when (leased.Count > 0)
        {
            // Those that are leased are the caller's; the fault shows at the next fetch.
        }

        return leased;
    }

    private async Task FetchDeliveredAsync(FetchRequest request, string queue, List<LeasedJob> leased)
    {
        await AnswerBellsAsync(request, queue);
        Dictionary<Guid, List<HeldDelivery>> byId = _window.Candidates(queue)
            .Where(static c => !Doorbell.IsOne(c.Message))
            .GroupBy(static c => Doorbell.Read(c.Message).Id)
            .Where(g => request.JobIds is null || request.JobIds.Contains(g.Key))
            .ToDictionary(static g => g.Key, static g => g.ToList());
        if (byId.Count == 0)
            return;

        // The store chooses among all that are here: it knows their order better than the broker does.
        int room = request.Maximum - leased.Count;
        DateTimeOffset until = time.GetUtcNow() + request.Lease;
        IReadOnlyList<LeasedJob> claimed = await store.FetchAsync(
            Part(request, Carried.NameOf(queue), room, [.. byId.Keys]), CancellationToken.None);
        foreach (LeasedJob job in claimed)
        {
            HeldDelivery first = byId[job.Lease.JobId][0];
            byId[job.Lease.JobId].RemoveAt(0);
            _window.Lease(first, job.Lease, until);
            leased.Add(Carried.Plain(job));
        }

        // A fetch that is full says nothing about the others.
        if (claimed.Count < room)
        {
            foreach (HeldDelivery left in byId.Values.SelectMany(static h => h))
                await LookAtAsync(left, request.Lease);
        }
    }

    /// <summary>Decides about a delivery whose job was not to be had.</summary>
    private async Task LookAtAsync(HeldDelivery held, TimeSpan lease)
    {
        JobEnvelope envelope = Doorbell.Read(held.Message);
        switch (await store.FindAsync(envelope.Id, CancellationToken.None))
        {
            case { State: JobState.Scheduled } job:
                _window.Park(held, job.RunAt);
                break;
            case { State: JobState.Queued } job when held.Lease is null && Carried.Is(job.Queue):
                // A limit has parked it, or another looks at it: every fetch asks again, and the store says when that is worth it.
                break;
            case { State: JobState.Queued or JobState.Running } job when Carried.Is(job.Queue):
                if (held.Lease is null)
                    _window.Park(held, time.GetUtcNow() + (lease / LooksPerLease));
                else
                    _window.Prolong(held, time.GetUtcNow() + (lease / LooksPerLease));
                break;
            case { State: JobState.Queued or JobState.Running }:
                _window.TryAck(held);
                break;
            default:
                await FinishAsync(held, envelope);
                break;
        }
    }

    /// <summary>
    /// The job has ended, and its message is here: its holder may have died between the record and the publishing of what follows. So the bell rings for
    /// everything that may follow and waits.
    /// </summary>
    private async Task FinishAsync(HeldDelivery held, JobEnvelope ended)
    {
        foreach (JobEnvelope following in FollowingJobs.Of(ended.Continuation))
            await RingIfWaitingAsync(following.Id);
        _window.TryAck(held);
    }

    private async Task AnswerBellsAsync(FetchRequest request, string queue)
    {
        foreach (HeldDelivery bell in _window.Candidates(queue).Where(static c => Doorbell.IsOne(c.Message)))
        {
            Guid id = Doorbell.Read(bell.Message).Id;
            JobInfo? job = await store.FindAsync(id, CancellationToken.None);
            if (job is not null && Doorbell.Replays(bell.Message, job))
            {
                await store.ReplayAsync([id], CancellationToken.None);
                job = await store.FindAsync(id, CancellationToken.None);
            }

            // One that a limit keeps from being asked for stays here, and every fetch asks again.
            if (job is { State: JobState.Scheduled })
                _window.Park(bell, job.RunAt);
            else if (job is not { State: JobState.Queued } || !Carried.Is(job.Queue) || await TryCarryAsync(request, id, queue))
                _window.TryAck(bell);
        }
    }

    /// <summary>Asks the store for a job and publishes it. Nobody runs it meanwhile, and its attempt is not counted.</summary>
    private async Task<bool> TryCarryAsync(FetchRequest request, Guid id, string queue)
    {
        IReadOnlyList<LeasedJob> jobs = await store.FetchAsync(Part(request, Carried.NameOf(queue), 1, [id]), CancellationToken.None);
        if (jobs.Count == 0)
            return false;
        await store.ReturnAsync([jobs[0].Lease], CancellationToken.None);
        await _window.PublishAsync(queue, Doorbell.JobOf(Carried.Plain(jobs[0]).Envelope));
        return true;
    }

    private static FetchRequest Part(FetchRequest request, string queue, int maximum, IReadOnlyList<Guid>? ids)
        => new() { Queues = [queue], Maximum = maximum, Lease = request.Lease, Worker = request.Worker, JobIds = ids };
}
