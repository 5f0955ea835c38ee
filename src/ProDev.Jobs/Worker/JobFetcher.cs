using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace ProDev.Jobs;

/// <summary>Keeps the local queue filled: claims batches while there is room, waits for work while there is none.</summary>
internal sealed class JobFetcher(
    WorkerOptions options, IReadOnlyList<string> queues, string worker, CheckedJobStore store, HeldJobs held, FetchPace pace, Action<HeldJob> giveBack,
    StoreContact contact, TimeProvider time, ILogger logger)
{
    /// <summary>Shorter than the grace period of the worker, which has outcomes to write afterwards.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(3);

    private readonly Channel<HeldJob> _local = Channel.CreateUnbounded<HeldJob>();

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
                    await Task.Delay(UpToStall(options.PollInterval), time, stopping).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // No more claims.
        }
        finally
        {
            // At once, for other workers to take: all that run here may run for long.
            _local.Writer.TryComplete();
            DrainLocal();
        }

        await StopAsync().ConfigureAwait(false);
    }

    // Not the token of this loop, which has fired: without this call jobs might wait for a worker that never comes.
    private async Task StopAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(StopPatience, time);
            await store.StopFetchingAsync(worker, limit.Token).AsTask().WaitAsync(StopPatience, time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            logger.StopNotTold(worker, e);
        }
    }

    /// <summary>Waits until the local queue is half empty.</summary>
    private async Task<int> WaitForRoomAsync(CancellationToken stopping)
    {
        while (true)
        {
            stopping.ThrowIfCancellationRequested();
            if (pace.IsStalled)
                GiveBackWaiting();
            int length = pace.QueueLength;
            int room = held.Room(options.Concurrency + length, length, out Task roomMade);
            if (room > 0)
                return room;
            await roomMade.WaitAsync(UpToStall(Timeout.InfiniteTimeSpan), time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Whatever it waits for, jobs that wait meanwhile are given back in time.</summary>
    private TimeSpan UpToStall(TimeSpan wait)
    {
        if (!pace.IsAdaptive || held.Waiting == 0)
            return wait;
        TimeSpan left = pace.UntilStalled;
        return wait == Timeout.InfiniteTimeSpan || left < wait ? left : wait;
    }

    /// <summary>Where jobs are long all of a sudden, those that wait behind them go back, for other workers to take.</summary>
    private void GiveBackWaiting()
    {
        if (held.Waiting == 0)
            return;
        pace.Stalled();
        DrainLocal();
    }

    private void DrainLocal()
    {
        while (_local.Reader.TryRead(out HeldJob? job))
            giveBack(job);
    }

    private async Task<int> FetchAsync(int room, CancellationToken stopping)
    {
        long asked = time.GetTimestamp();
        var request = new FetchRequest { Queues = queues, Maximum = room, Lease = options.Lease, Worker = worker };
        contact.Asked();
        IReadOnlyList<LeasedJob> jobs = await store.FetchAsync(request, stopping).ConfigureAwait(false);
        contact.Answered();
        if (jobs.Count > 0)
            pace.Moved(time.GetTimestamp());
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
        Task work = store.WaitForWorkAsync(queues, UpToStall(options.PollInterval), enough.Token);
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
