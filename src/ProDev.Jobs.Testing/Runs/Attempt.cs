namespace ProDev.Jobs.Testing;

/// <summary>A job that the worker has fetched and not yet settled. Safe for concurrent use.</summary>
/// <param name="job">What was fetched.</param>
/// <param name="fetchedAt">When.</param>
/// <param name="hardTimeLimit">How long the worker waits for it.</param>
/// <param name="changed">Told when it may have begun to wait.</param>
internal sealed class Attempt(LeasedJob job, DateTimeOffset fetchedAt, TimeSpan? hardTimeLimit, Action changed)
{
    private int _delays;
    private int _threads;
    private volatile bool _isCancelled;

    public LeasedJob Job { get; } = job;

    public DateTimeOffset FetchedAt { get; } = fetchedAt;

    /// <summary>What the job sees; <see langword="null"/> until it is started.</summary>
    public JobContext? Context { get; set; }

    public object? Args { get; set; }

    public Exception? Exception { get; set; }

    /// <summary>
    /// Whether it goes on only when the clock moves: it is in a Task.Delay, none of its code runs, and nothing else is about to end its wait: a
    /// token on its way, or a worker that gives it up.
    /// </summary>
    public bool IsWaiting(DateTimeOffset now)
        => Volatile.Read(ref _delays) > 0
            && Volatile.Read(ref _threads) == 0
            && (_isCancelled || Context is { CancellationCause: JobCancellationCause.None })
            && (hardTimeLimit is not { } limit || now - FetchedAt < limit);

    public void DelayBegan() => Interlocked.Increment(ref _delays);

    public void DelayEnded() => Interlocked.Decrement(ref _delays);

    public void ThreadEntered() => Interlocked.Increment(ref _threads);

    public void ThreadLeft()
    {
        if (Interlocked.Decrement(ref _threads) == 0)
            changed();
    }

    /// <summary>Everybody who listens to its token was told.</summary>
    public void WasCancelled()
    {
        _isCancelled = true;
        changed();
    }
}
