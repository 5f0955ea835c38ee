using Microsoft.Extensions.Logging;

namespace ProDev.Jobs;

/// <summary>Holds one attempt to the time limits of its job. A job without limits costs nothing here.</summary>
internal static class TimeLimits
{
    /// <summary>Fires the job's token when the soft limit passes; dispose it when the attempt has ended.</summary>
    public static ITimer? StartSoft(HeldJob held, TimeSpan? softLimit, TimeProvider time)
        => softLimit is { } limit
            ? time.CreateTimer(static state => ((HeldJob)state!).MarkSoftLimit(), held, limit, Timeout.InfiniteTimeSpan)
            : null;

    /// <summary>
    /// Runs the attempt until it ends or the hard limit passes. Returns false in the second case: its code still runs, and nobody waits for it.
    /// </summary>
    public static async Task<bool> EndedInTimeAsync(
        Func<Task> attempt, TimeSpan limit, HeldJob held, TimeProvider time, ILogger logger)
    {
        Task running;
        using (var ended = new CancellationTokenSource())
        {
            Task passed = Task.Delay(limit, time, ended.Token);

            // On the pool, because a job that never goes asynchronous would not even return its task.
            running = Task.Run(attempt, CancellationToken.None);
            await Task.WhenAny(running, passed).ConfigureAwait(false);
            await ended.CancelAsync().ConfigureAwait(false);
        }

        if (running.IsCompleted)
        {
            await running.ConfigureAwait(false);
            return true;
        }

        held.MarkHardLimit();
        _ = WatchAsync(running, held.Job, limit, time, logger);
        return false;
    }

    private static async Task WatchAsync(Task running, LeasedJob job, TimeSpan limit, TimeProvider time, ILogger logger)
    {
        long passed = time.GetTimestamp();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        double late = time.GetElapsedTime(passed).TotalMilliseconds;
        logger.AbandonedEnded(job.Envelope.Name, job.Envelope.Id, job.Attempt, late, limit, running.Exception?.InnerException);
    }
}
