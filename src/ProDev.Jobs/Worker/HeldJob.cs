namespace ProDev.Jobs;

/// <summary>A job that this worker holds a lease of: waiting in the local queue, running, or with an outcome not yet written.</summary>
internal sealed class HeldJob(LeasedJob job, long confirmedAt) : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private int _lost;
    private int _stopped;

    public LeasedJob Job { get; } = job;

    public JobLease Lease => Job.Lease;

    /// <summary>The timestamp of the latest moment at which the store was asked for a lease that it then gave.</summary>
    public long ConfirmedAt { get; set; } = confirmedAt;

    /// <summary>The lease is gone: another worker may have the job, and no outcome of this one counts.</summary>
    public bool Lost => Volatile.Read(ref _lost) == 1;

    /// <summary>The worker must end, and cancelled the job for that.</summary>
    public bool Stopped => Volatile.Read(ref _stopped) == 1;

    /// <summary>An outcome is on its way to the store, so a refused extension says nothing.</summary>
    public volatile bool Settling;

    /// <summary>Fires on lease loss and on stop.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>Returns false when it was lost before.</summary>
    public bool MarkLost()
    {
        if (Interlocked.Exchange(ref _lost, 1) == 1)
            return false;
        Cancel();
        return true;
    }

    public void MarkStopped()
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 0)
            Cancel();
    }

    public void Dispose() => _cancellation.Dispose();

    private void Cancel()
    {
        // Callbacks run elsewhere, so that a job's own callback can neither block nor break the heartbeat.
        _ = CancelQuietlyAsync();

        async Task CancelQuietlyAsync()
        {
            try
            {
                await _cancellation.CancelAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is AggregateException or ObjectDisposedException)
            {
                // A callback of the job threw, or the job ended just now. Neither concerns the worker.
            }
        }
    }
}
