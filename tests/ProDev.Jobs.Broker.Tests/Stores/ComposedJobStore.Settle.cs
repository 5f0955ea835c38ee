namespace ProDev.Jobs.Broker.Tests;

/// <summary>
/// What becomes of fetched jobs: the store records the end, the contribution to a group and what follows, in one change; what follows is published; the
/// message is acknowledged.
/// </summary>
internal sealed partial class ComposedJobStore
{
    public async ValueTask<IReadOnlyList<bool>> CompleteAsync(IReadOnlyList<JobCompletion> completions, CancellationToken cancellationToken)
    {
        var following = new FollowingRecords(Recorded);
        IReadOnlyList<bool> answers = await store.CompleteAsync(
            [.. completions.Select(c => c with { FollowUp = following.Record(c.FollowUp) })], cancellationToken);
        await PublishAsync(following);
        Settled([.. completions.Select(static c => c.Lease)], answers, Ack);
        return answers;
    }

    public async ValueTask<IReadOnlyList<bool>> DeadLetterAsync(IReadOnlyList<JobDeath> deaths, CancellationToken cancellationToken)
    {
        var following = new FollowingRecords(Recorded);
        IReadOnlyList<bool> answers = await store.DeadLetterAsync(
            [.. deaths.Select(d => d with { FollowUp = following.Record(d.FollowUp) })], cancellationToken);
        await PublishAsync(following);
        Settled([.. deaths.Select(static d => d.Lease)], answers, Ack);
        return answers;
    }

    public async ValueTask<IReadOnlyList<bool>> RetryAsync(IReadOnlyList<JobRetry> retries, CancellationToken cancellationToken)
    {
        IReadOnlyList<bool> answers = await store.RetryAsync(retries, cancellationToken);
        for (int i = 0; i < retries.Count; i++)
        {
            if (!answers[i] || !broker.HasDelays || retries[i].Delay <= TimeSpan.Zero || _window.Find(retries[i].Lease) is not { } held)
                continue;

            // The broker keeps it until then, so that it takes no place in the window. The message as it was: what changes is in the store.
            await _window.PublishAsync(held.Queue, held.Message, retries[i].Delay);
            Ack(held);
        }

        Settled(retries.Select(static r => (r.Lease, r.Delay)), answers, (held, delay) => _window.Park(held, time.GetUtcNow() + delay));
        return answers;
    }

    public async ValueTask<IReadOnlyList<bool>> ReturnAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
    {
        IReadOnlyList<bool> answers = await store.ReturnAsync(leases, cancellationToken);
        Settled(leases, answers, held =>
        {
            // Here as long as somebody here asks for it; otherwise it is another's turn.
            if (_window.Serves(held.Queue))
                _window.Park(held, time.GetUtcNow());
            else
                _window.Nack(held);
        });
        _window.Pulse();
        return answers;
    }

    public async ValueTask<IReadOnlyList<bool>> ExtendAsync(IReadOnlyList<JobLease> leases, TimeSpan lease, CancellationToken cancellationToken)
    {
        DateTimeOffset until = time.GetUtcNow() + lease;
        IReadOnlyList<bool> answers = await store.ExtendAsync(leases, lease, cancellationToken);
        Settled(leases, answers, held => _window.Prolong(held, until));
        return answers;
    }

    /// <summary>
    /// A lost worker's connection gives its messages back by itself. One that hangs with its connection alive keeps them, so the bell rings for its jobs.
    /// </summary>
    public async ValueTask<IReadOnlyList<RescuedJob>> RescueAsync(int maximum, CancellationToken cancellationToken)
    {
        IReadOnlyList<RescuedJob> rescued = await store.RescueAsync(maximum, cancellationToken);
        foreach (RescuedJob job in rescued)
            await RingIfWaitingAsync(job.Id);
        if (rescued.Count > 0)
            _window.LookNow();
        return rescued;
    }

    private void Settled(IReadOnlyList<JobLease> leases, IReadOnlyList<bool> answers, Action<HeldDelivery> whenHeld)
        => Settled(leases.Select(static l => (l, 0)), answers, (held, _) => whenHeld(held));

    /// <summary>Does what is to be done with the deliveries. A lease that the store did not know any more leaves its delivery to the next look.</summary>
    private void Settled<T>(IEnumerable<(JobLease Lease, T Argument)> leases, IReadOnlyList<bool> answers, Action<HeldDelivery, T> whenHeld)
    {
        foreach (((JobLease lease, T argument), bool isHeld) in leases.Zip(answers))
        {
            if (_window.Find(lease) is not { } held)
                continue;
            if (isHeld)
                whenHeld(held, argument);
            else
                _window.Park(held, time.GetUtcNow());
        }
    }

    /// <summary>The end is recorded, so a connection that is lost now costs one delivery that finds nothing to do.</summary>
    private void Ack(HeldDelivery held)
    {
        try
        {
            _window.TryAck(held);
        }
        catch (JobStoreException)
        {
        }
    }

    private async Task PublishAsync(FollowingRecords following)
    {
        foreach (JobEnvelope job in following.Jobs.Where(IsCarried))
            await PublishAsync(job);
    }
}
