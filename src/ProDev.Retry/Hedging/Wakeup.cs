using System.Threading.Tasks.Sources;

namespace ProDev.Retry;

/// <summary>
/// Wakes one waiter. Signals that come while nobody waits count as one, and a wake-up says only that something may have
/// changed: the waiter looks at everything again after it.
/// </summary>
internal sealed class Wakeup : IValueTaskSource
{
    private const int Idle = 0;
    private const int Waiting = 1;
    private const int Signalled = 2;

    private ManualResetValueTaskSourceCore<bool> _core;
    private int _state;

    public void Signal()
    {
        if (Interlocked.Exchange(ref _state, Signalled) == Waiting)
            _core.SetResult(true);
    }

    /// <summary>Waits for the next signal. Only one waiter at a time.</summary>
    public ValueTask WaitAsync()
    {
        if (Interlocked.CompareExchange(ref _state, Waiting, Idle) == Idle)
            return new ValueTask(this, _core.Version);

        Interlocked.Exchange(ref _state, Idle);
        return default;
    }

    void IValueTaskSource.GetResult(short token)
    {
        _core.GetResult(token);
        _core.Reset();

        // A full fence: what was changed before a signal that is forgotten here is seen by the waiter that looks now.
        Interlocked.Exchange(ref _state, Idle);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
