using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace ProDev.Jobs;

/// <summary>Keeps the local queue filled: claims batches while there is room, waits for work while there is none.</summary>
internal sealed class JobFetcher(
    WorkerOptions options, IReadOnlyList<string> queues, string worker, CheckedJobStore store, HeldJobs held, StoreContact contact,
    TimeProvider time, ILogger logger)
{
    private readonly Channel<HeldJob> _local = Channel.CreateUnbounded<HeldJob>();
    private readonly int _capacity = options.Concurrency + options.LocalQueueLength;

    /// <summary>The local queue: unbounded as a channel, but never longer than what <see cref="HeldJobs"/> has room for.</summary>
    public ChannelReader<HeldJob> Local => _local.Reader;

    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                int room = await WaitForRoomAsync(stopping).ConfigureAwait(false);
                try
                {
                    if (await FetchAsync(room, stopping).ConfigureAwait(false) == 0)
                        await WaitForWorkAsync(room, stopping).ConfigureAwait(false);
                }
                catch (Exception e) when (e is not OperationCanceledException || !stopping.IsCancellationRequested)
                {
                    logger.StoreFailed("fetch jobs", e);
                    await Task.Delay(options.PollInterval, time, stopping).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // No more claims.
        }
        finally
        {
            _local.Writer.TryComplete();
        }

        await StopAsync().ConfigureAwait(false);
    }

    // No token: the one of this loop has fired, and without this call jobs might wait for a worker that never comes.
    private async Task StopAsync()
    {
        try
        {
            await store.StopFetchingAsync(worker, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            logger.StopNotTold(worker, e);
        }
    }

    /// <summary>Waits until the local queue is half empty, so that claims stay batched while jobs are short.</summary>
    private async Task<int> WaitForRoomAsync(CancellationToken stopping)
    {
        while (true)
        {
            stopping.ThrowIfCancellationRequested();
            Task changed = held.Changed;
            int room = _capacity - held.Count;
            if (room > 0 && _local.Reader.Count <= options.LocalQueueLength / 2)
                return room;
            await changed.WaitAsync(stopping).ConfigureAwait(false);
        }
    }

    private async Task<int> FetchAsync(int room, CancellationToken stopping)
    {
        long asked = time.GetTimestamp();
        var request = new FetchRequest { Queues = queues, Maximum = room, Lease = options.Lease, Worker = worker };
        contact.Asked();
        IReadOnlyList<LeasedJob> jobs = await store.FetchAsync(request, stopping).ConfigureAwait(false);
        contact.Answered();
        foreach (LeasedJob job in jobs)
        {
            var taken = new HeldJob(job, asked);
            held.Add(taken);
            _local.Writer.TryWrite(taken);
        }

        return jobs.Count;
    }

    private async Task WaitForWorkAsync(int room, CancellationToken stopping)
    {
        // Start to wait, look once more, then await: work that arrives in between wakes us or is found.
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task work = store.WaitForWorkAsync(queues, options.PollInterval, enough.Token);
        try
        {
            if (await FetchAsync(room, stopping).ConfigureAwait(false) > 0)
                await enough.CancelAsync().ConfigureAwait(false);
        }
        catch
        {
            await enough.CancelAsync().ConfigureAwait(false);
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await work.ConfigureAwait(enough.IsCancellationRequested ? ConfigureAwaitOptions.SuppressThrowing : ConfigureAwaitOptions.None);
    }
}
