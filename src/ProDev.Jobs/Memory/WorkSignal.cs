namespace ProDev.Jobs;

/// <summary>Wakes everyone who waits, and nobody who comes later; nothing is allocated while nobody does. Safe for concurrent use.</summary>
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
}
