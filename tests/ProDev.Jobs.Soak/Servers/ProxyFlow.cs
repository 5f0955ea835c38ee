namespace ProDev.Jobs.Soak;

/// <summary>Whether, and how late, bytes pass. Safe for concurrent use.</summary>
internal sealed class ProxyFlow
{
    private volatile TaskCompletionSource _open = Opened();
    private long _delay;

    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _delay));
        set => Interlocked.Exchange(ref _delay, value.Ticks);
    }

    public void Stop()
    {
        if (_open.Task.IsCompleted)
            _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Go() => _open.TrySetResult();

    public async Task PassAsync()
    {
        if (Delay > TimeSpan.Zero)
            await Task.Delay(Delay);
        await _open.Task;
    }

    private static TaskCompletionSource Opened()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
