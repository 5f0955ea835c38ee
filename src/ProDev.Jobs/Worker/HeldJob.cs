namespace ProDev.Jobs;

/// <summary>A job that this worker holds a lease of: waiting in the local queue, running, or with an outcome not yet written.</summary>
internal sealed class HeldJob(LeasedJob job, long confirmedAt) : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private int _lost;
    private int _cause;
    private volatile bool _abandoned;

    public LeasedJob Job { get; } = job;

    /// <summary>The links of <see cref="HeldJobs"/>, under its lock.</summary>
    public HeldJob? Next { get; set; }

    /// <inheritdoc cref="Next"/>
    public HeldJob? Previous { get; set; }

    /// <inheritdoc cref="Next"/>
    public bool IsHeld { get; set; }

    public JobLease Lease => Job.Lease;

    /// <summary>The timestamp of the moment at which the store was asked for jobs and gave this one.</summary>
    public long FetchedAt { get; } = confirmedAt;

    /// <summary>The timestamp of the latest moment at which the store was asked for a lease that it then gave.</summary>
    public long ConfirmedAt { get; set; } = confirmedAt;

    /// <summary>The lease is gone: another worker may have the job, and no outcome of this one counts.</summary>
    public bool Lost => Volatile.Read(ref _lost) == 1;

    /// <summary>Why the token fired first. A job can be lost later, too.</summary>
    public JobCancellationCause Cause => (JobCancellationCause)Volatile.Read(ref _cause);

    /// <summary>An outcome is on its way to the store, so a refused extension says nothing. Set by <see cref="HeldJobs"/>.</summary>
    public volatile bool Settling;

    /// <summary>Fires on lease loss, on stop, and when a time limit has passed.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>Returns false when it was lost before.</summary>
    public bool MarkLost()
    {
        if (Interlocked.Exchange(ref _lost, 1) == 1)
            return false;
        Cancel(JobCancellationCause.LeaseLost);
        return true;
    }

    public void MarkStopped() => Cancel(JobCancellationCause.WorkerStopping);

    /// <summary>Returns false when the token had fired before.</summary>
    public bool MarkRevoked() => Cancel(JobCancellationCause.Revoked);

    public void MarkSoftLimit() => Cancel(JobCancellationCause.SoftTimeLimit);

    /// <summary>Says also that the code of the job runs on, and with it the use of its token.</summary>
    public void MarkHardLimit()
    {
        _abandoned = true;
        Cancel(JobCancellationCause.HardTimeLimit);
    }

    public void Dispose()
    {
        // A source that is disposed before its callbacks have run forgets them.
        if (!_abandoned)
            _cancellation.Dispose();
    }

    private bool Cancel(JobCancellationCause cause)
    {
        if (Interlocked.CompareExchange(ref _cause, (int)cause, (int)JobCancellationCause.None) != (int)JobCancellationCause.None)
            return false;

        // Callbacks run elsewhere, so that a job's own callback can neither block nor break the heartbeat.
        _ = CancelQuietlyAsync();
        return true;

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
