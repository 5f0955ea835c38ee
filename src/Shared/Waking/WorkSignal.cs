namespace ProDev.Shared.Waking;

/// <summary>Wakes everyone in this process who waits, and nobody who comes later. Safe for concurrent use.</summary>
internal sealed class WorkSignal
{
    private TaskCompletionSource _next = Create();

    /// <summary>Ends at the next <see cref="Pulse"/>.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Pulse() => Interlocked.Exchange(ref _next, Create()).TrySetResult();

    /// <summary>Waits for a pulse that was asked for earlier, or for the limit. The clock is looked at before the first await.</summary>
    public static async Task WaitAsync(Task next, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        if (limit <= TimeSpan.Zero)
            return;
        // One step from the pulse to whoever waits: to cancel a delay, too, would be another one through the thread pool.
        await next.WaitAsync(limit, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
