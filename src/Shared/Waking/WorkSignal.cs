namespace ProDev.Shared.Waking;

/// <summary>Wakes everyone in this process who waits, and nobody who comes later; nothing is allocated while nobody does. Safe for concurrent use.</summary>
internal sealed class WorkSignal
{
    private TaskCompletionSource? _next;

    /// <summary>Ends at the next <see cref="Pulse"/>.</summary>
    public Task Next
    {
        get
        {
            if (Volatile.Read(ref _next) is { } next)
                return next.Task;
            var created = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (Interlocked.CompareExchange(ref _next, created, null) ?? created).Task;
        }
    }

    public void Pulse() => Interlocked.Exchange(ref _next, null)?.TrySetResult();

    /// <summary>Waits for a pulse that was asked for earlier, or for the limit. The clock is looked at before the first await.</summary>
    public static async Task WaitAsync(Task next, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        if (limit <= TimeSpan.Zero)
            return;
        // One step from the pulse to whoever waits: to cancel a delay, too, would be another one through the thread pool.
        await next.WaitAsync(limit, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
