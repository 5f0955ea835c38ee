namespace ProDev.Jobs.PostgreSql;

/// <summary>Wakes everyone in this process who waits, and nobody who comes later. Safe for concurrent use.</summary>
internal sealed class WorkSignal
{
    private TaskCompletionSource _next = Create();

    /// <summary>Ends at the next <see cref="Pulse"/>.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Pulse() => Interlocked.Exchange(ref _next, Create()).TrySetResult();

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
