using System.Collections.Concurrent;

namespace ProDev.Retry;

/// <summary>
/// The token of one attempt: cancelled by the caller, or when the attempt's time is over. Taken from a pool, and its timer is set only for attempts that
/// do not complete at once, so that those cost no timer.
/// </summary>
internal sealed class AttemptTimer : IDisposable
{
    private const int MostSpare = 64;

    private static readonly ConcurrentQueue<AttemptTimer> Pool = new();
    private static int _spareCount;

    [ThreadStatic]
    private static AttemptTimer? _ownSpare;

    private readonly CancellationTokenSource _source = new();
    private CancellationTokenRegistration _caller;
    private TimeProvider _time = TimeProvider.System;
    private ITimer? _timer;

    /// <summary>What the attempt gets.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether the token has been cancelled, by time or by the caller.</summary>
    public bool HasFired => _source.IsCancellationRequested;

    public static AttemptTimer Rent(TimeProvider time, CancellationToken caller)
    {
        var timer = _ownSpare;
        if (timer is not null)
            _ownSpare = null;
        else if (Pool.TryDequeue(out timer))
            Interlocked.Decrement(ref _spareCount);
        else
            timer = new AttemptTimer();
        timer._time = time;
        if (caller.CanBeCanceled)
            timer._caller = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), timer._source);
        return timer;
    }

    public void Start(TimeSpan timeout)
    {
        // The source's own timer is kept from one attempt to the next. It knows the system's time only.
        if (ReferenceEquals(_time, TimeProvider.System))
            _source.CancelAfter(timeout);
        else
            _timer = _time.CreateTimer(static source => Cancel((CancellationTokenSource)source!), _source, timeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The attempt has ended. Its token must not be used any more.</summary>
    public void Return()
    {
        // Waits for a callback that runs, so that the caller's cancellation cannot hit the next attempt.
        _caller.Dispose();
        _caller = default;
        if (_timer is not null || !_source.TryReset())
        {
            // A foreign timer may be firing just now.
            Dispose();
            return;
        }

        _time = TimeProvider.System;
        if (_ownSpare is null)
        {
            _ownSpare = this;
        }
        else if (Volatile.Read(ref _spareCount) < MostSpare)
        {
            Interlocked.Increment(ref _spareCount);
            Pool.Enqueue(this);
        }
        else
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _source.Dispose();
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The attempt ended at the same moment.
        }
    }
}
