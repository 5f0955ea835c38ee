using Microsoft.Extensions.Logging;

namespace ProDev.Jobs;

/// <summary>Looks after jobs of lost workers every poll interval, and prunes succeeded jobs every minute.</summary>
internal sealed class Housekeeper(
    CheckedJobStore store, TimeSpan interval, TimeSpan retention, StoreContact contact, TimeProvider time, ILogger logger)
{
    private const int BatchSize = 1000;
    private static readonly TimeSpan PruneInterval = TimeSpan.FromMinutes(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        long? pruned = null;
        try
        {
            while (true)
            {
                await TryAsync("rescue jobs", RescueAsync, cancellationToken).ConfigureAwait(false);
                if (retention != Timeout.InfiniteTimeSpan && (pruned is not { } at || time.GetElapsedTime(at) >= PruneInterval))
                {
                    await TryAsync("prune succeeded jobs", PruneAsync, cancellationToken).ConfigureAwait(false);
                    pruned = time.GetTimestamp();
                }

                await Task.Delay(interval, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The worker stops.
        }
    }

    private async Task RescueAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<RescuedJob> rescued;
        do
        {
            contact.Asked();
            rescued = await store.RescueAsync(BatchSize, cancellationToken).ConfigureAwait(false);
            contact.Answered();
            foreach (RescuedJob job in rescued)
                logger.Rescued(job.Name, job.Id, job.Attempt, job.DeadLettered ? "given up" : "queued again");
        }
        while (rescued.Count >= BatchSize);
    }

    private async Task PruneAsync(CancellationToken cancellationToken)
    {
        while (await store.PruneAsync(retention, BatchSize, cancellationToken).ConfigureAwait(false) >= BatchSize)
            cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task TryAsync(string what, Func<CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        try
        {
            await action(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            logger.StoreFailed(what, e);
        }
    }
}
