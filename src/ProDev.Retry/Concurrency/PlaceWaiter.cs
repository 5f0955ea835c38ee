namespace ProDev.Retry;

/// <summary>
/// One call that waits for a place. Whoever takes it out of the queue, under the queue's lock, decides how the wait ends: so a
/// place is granted to a call that still waits, or to another one, and never to both or neither.
/// </summary>
internal sealed class PlaceWaiter(Places places) : IDisposable
{
    // Callers do not run inside of the call that gave its place back.
    private readonly TaskCompletionSource<bool> _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _cancellation;
    private ITimer? _timeout;

    /// <summary>The place in the queue; null before and after the wait. Guarded by the queue's lock.</summary>
    public LinkedListNode<PlaceWaiter>? Place { get; set; }

    /// <summary>True: granted. False: waited too long. Cancelled: by the caller, with the caller's token.</summary>
    public Task<bool> Granted => _granted.Task;

    public void Grant() => _granted.SetResult(true);

    /// <summary>Lets the wait end early, from when on it is queued.</summary>
    public void Watch(TimeSpan? timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        _cancellation = cancellationToken.UnsafeRegister(
            static (waiter, token) => ((PlaceWaiter)waiter!).Cancel(token), this);
        if (timeout is { } longest)
            _timeout = time.CreateTimer(static waiter => ((PlaceWaiter)waiter!).TimeOut(), this, longest, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _cancellation.Dispose();
        _timeout?.Dispose();
    }

    /// <summary>Nobody waits any more: leaves the queue, or gives back the place that has been granted meanwhile.</summary>
    public async Task AbandonAsync()
    {
        Dispose();
        if (places.TryLeaveQueue(this))
            return;

        try
        {
            // Who took the waiter out of the queue says at once how the wait ended.
            if (await Granted.ConfigureAwait(false))
                places.Release();
        }
        catch (OperationCanceledException)
        {
            // No place was granted.
        }
    }

    private void Cancel(CancellationToken token)
    {
        if (places.TryLeaveQueue(this))
            _granted.SetCanceled(token);
    }

    private void TimeOut()
    {
        if (places.TryLeaveQueue(this))
            _granted.SetResult(false);
    }
}
