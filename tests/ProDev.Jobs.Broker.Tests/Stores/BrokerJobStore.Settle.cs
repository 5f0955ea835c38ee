namespace ProDev.Jobs.Broker.Tests;

/// <summary>What becomes of fetched jobs.</summary>
internal sealed partial class BrokerJobStore
{
    public async ValueTask<IReadOnlyList<bool>> CompleteAsync(IReadOnlyList<JobCompletion> completions, CancellationToken cancellationToken)
    {
        if (completions.Any(static c => c.FollowUp is not null))
            throw NotAble("start what follows a job");
        return await SettleAsync(completions, static c => c.Lease, (held, _) => Task.FromResult(_window.TryAck(held)), cancellationToken);
    }

    public ValueTask<IReadOnlyList<bool>> RetryAsync(IReadOnlyList<JobRetry> retries, CancellationToken cancellationToken)
        => SettleAsync(retries, static r => r.Lease, async (held, retry) =>
        {
            BrokerMessage again = JobMessage.Again(held.Message, !retry.IsUncharged);
            if (retry.Delay > TimeSpan.Zero && !_window.Broker.HasDelays)
                await ReplaceAsync(held, held.Queue, JobMessage.NotBefore(again, time.GetUtcNow() + retry.Delay));
            else
                await ReplaceAsync(held, held.Queue, again, retry.Delay);
            return true;
        }, cancellationToken);

    public ValueTask<IReadOnlyList<bool>> DeadLetterAsync(IReadOnlyList<JobDeath> deaths, CancellationToken cancellationToken)
        => SettleAsync(deaths, static d => d.Lease, async (held, death) =>
        {
            await BuryAsync(held, death.Reason, death.Error);
            return true;
        }, cancellationToken);

    public ValueTask<IReadOnlyList<bool>> ReturnAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
        => SettleAsync(leases, static l => l, async (held, _) =>
        {
            await ReplaceAsync(held, held.Queue, JobMessage.Again(held.Message, isCharged: false));
            return true;
        }, cancellationToken);

    /// <summary>There is nothing to extend and nobody to ask: a delivery is held until its connection is lost.</summary>
    public ValueTask<IReadOnlyList<bool>> ExtendAsync(IReadOnlyList<JobLease> leases, TimeSpan lease, CancellationToken cancellationToken)
        => ValueTask.FromResult<IReadOnlyList<bool>>([.. leases.Select(l => _window.Find(l) is not null)]);

    /// <summary>The broker delivers again by itself.</summary>
    public ValueTask<IReadOnlyList<RescuedJob>> RescueAsync(int maximum, CancellationToken cancellationToken)
        => ValueTask.FromResult<IReadOnlyList<RescuedJob>>([]);

    /// <summary>Nothing is kept.</summary>
    public ValueTask<int> PruneAsync(TimeSpan age, int maximum, CancellationToken cancellationToken) => ValueTask.FromResult(0);

    private static async ValueTask<IReadOnlyList<bool>> EachAsync<T>(IReadOnlyList<T> items, Func<T, Task<bool>> change)
    {
        var answers = new bool[items.Count];
        for (int i = 0; i < items.Count; i++)
            answers[i] = await change(items[i]);
        return answers;
    }

    private ValueTask<IReadOnlyList<bool>> SettleAsync<T>(
        IReadOnlyList<T> items, Func<T, JobLease> leaseOf, Func<HeldDelivery, T, Task<bool>> change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return EachAsync(items, async item =>
        {
            if (_window.Take(leaseOf(item)) is not { } held)
                return false;
            try
            {
                return await change(held, item);
            }
            catch (JobStoreException)
            {
                // Nothing is decided yet; the caller repeats.
                _window.Lease(held, leaseOf(item), DateTimeOffset.MaxValue);
                throw;
            }
        });
    }

    private Task BuryAsync(HeldDelivery held, DeadLetterReason reason, string error)
        => ReplaceAsync(
            held, DeadLettersOf(held.Queue),
            JobMessage.Again(held.Message, isCharged: true).With(JobMessage.Reason, reason.ToString()).With(JobMessage.Error, error));

    /// <summary>First the new message, confirmed; then the old one goes.</summary>
    private async Task ReplaceAsync(HeldDelivery held, string queue, BrokerMessage message, TimeSpan delay = default)
    {
        await _window.PublishAsync(queue, message, delay);
        _window.TryAck(held);
    }
}
