using Microsoft.Extensions.Logging;

namespace ProDev.Jobs;

/// <summary>Asks the store every poll interval whether jobs of this worker are to be revoked, and cancels those.</summary>
internal sealed class RevocationWatch(CheckedJobStore store, HeldJobs held, TimeSpan interval, TimeProvider time, ILogger logger)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!store.Abilities.HasFlag(JobStoreAbilities.Revocation))
            return;
        try
        {
            while (true)
            {
                await Task.Delay(interval, time, cancellationToken).ConfigureAwait(false);
                await LookAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The worker has nothing left to hold.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        List<HeldJob> jobs = [.. held.Snapshot().Where(j => !j.Settling && !j.Lost)];
        if (jobs.Count == 0)
            return;
        try
        {
            IReadOnlyList<bool> answers = await store.FindRevokedAsync([.. jobs.Select(j => j.Lease)], cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < jobs.Count; i++)
            {
                if (answers[i] && jobs[i].MarkRevoked())
                    logger.Revoked(jobs[i].Job.Envelope.Name, jobs[i].Lease.JobId, jobs[i].Job.Attempt);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            logger.StoreFailed("look for revoked jobs", e);
        }
    }
}
