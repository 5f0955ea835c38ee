using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ProDev.Jobs;

/// <summary>
/// Fires what is due, in every process that has a worker. It waits by the store's clock, so a wrong clock of its own moves nothing. Only when
/// something is due does it try to lead; whoever leads fires, and the others look again later, in case the leader has gone. A leader that does not
/// know that it leads no more does no harm: the store refuses what somebody else has fired.
/// </summary>
internal sealed class JobScheduler(CheckedJobStore store, OccurrenceFirer firer, TimeProvider time, ILogger logger) : IHostedService, IDisposable
{
    private const int BatchSize = 100;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FollowerPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly string _owner = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():N}";
    private Task _running = Task.CompletedTask;
    private bool _leads;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // A store without schedules has no use for a scheduler; whoever puts one there is told.
        if (store.Abilities.HasFlag(JobStoreAbilities.Schedules))
            _running = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            TimeSpan pause = await RunOnceAsync(stopping).ConfigureAwait(false);
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (_leads)
            await ResignAsync().ConfigureAwait(false);
    }

    /// <summary>Returns how long to wait before the next time.</summary>
    private async Task<TimeSpan> RunOnceAsync(CancellationToken stopping)
    {
        try
        {
            if (!await store.WaitForSchedulesAsync(LongestWait, stopping).ConfigureAwait(false))
                return TimeSpan.Zero;
            bool leads = await store.TryLeadAsync(_owner, JobConstants.SchedulerLease, stopping).ConfigureAwait(false);
            if (leads && !_leads)
                logger.SchedulerLeads(_owner);
            _leads = leads;
            if (!leads)
                return FollowerPause;
            return await FireDueAsync(stopping).ConfigureAwait(false) ? TimeSpan.Zero : FailurePause;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return TimeSpan.Zero;
        }
        catch (Exception e)
        {
            logger.StoreFailed("fire schedules", e);
            return FailurePause;
        }
    }

    /// <summary>Returns <see langword="false"/> when a schedule that is due could not be fired.</summary>
    private async Task<bool> FireDueAsync(CancellationToken stopping)
    {
        bool isAllFired = true;
        DueSchedules due;
        do
        {
            due = await store.ListDueSchedulesAsync(BatchSize, stopping).ConfigureAwait(false);
            foreach (JobSchedule schedule in due.Schedules)
                isAllFired &= await firer.TryFireAsync(schedule, due.Now, stopping).ConfigureAwait(false);
        }
        while (isAllFired && due.Schedules.Count >= BatchSize);
        return isAllFired;
    }

    private async Task ResignAsync()
    {
        try
        {
            await store.TryLeadAsync(_owner, TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // The lease runs out by itself.
            logger.StoreFailed("give up the lead of the schedulers", e);
        }
    }
}
