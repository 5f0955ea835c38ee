using Microsoft.Extensions.Logging;

namespace ProDev.Jobs;

/// <summary>Extends the leases of all held jobs every third of the lease, and cancels the jobs whose lease is gone.</summary>
internal sealed class LeaseKeeper(CheckedJobStore store, HeldJobs held, TimeSpan lease, TimeProvider time, ILogger logger)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(lease / 3, time, cancellationToken).ConfigureAwait(false);
                await BeatAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The worker has nothing left to hold.
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        List<HeldJob> jobs = [.. held.Snapshot().Where(j => !j.Lost)];
        if (jobs.Count == 0)
            return;

        long asked = time.GetTimestamp();
        try
        {
            IReadOnlyList<bool> answers =
                await store.ExtendAsync([.. jobs.Select(j => j.Lease)], lease, cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < jobs.Count; i++)
            {
                if (answers[i])
                    jobs[i].ConfirmedAt = asked;
                else if (!jobs[i].Settling && jobs[i].MarkLost())
                    logger.LeaseLost(jobs[i].Job.Envelope.Name, jobs[i].Lease.JobId, jobs[i].Job.Attempt);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            logger.StoreFailed("extend leases", e);
            GiveUpExpired(jobs);
        }
    }

    /// <summary>The store is silent. What was not confirmed for a whole lease may run elsewhere by now.</summary>
    private void GiveUpExpired(List<HeldJob> jobs)
    {
        foreach (HeldJob job in jobs)
        {
            if (time.GetElapsedTime(job.ConfirmedAt) >= lease && !job.Settling && job.MarkLost())
                logger.LeaseLost(job.Job.Envelope.Name, job.Lease.JobId, job.Job.Attempt);
        }
    }
}
