namespace ProDev.Caching.Internal;

/// <summary>
/// Counts failures in a row. After some it lets nobody through for a while, then one, who decides. What began before it opened or closed has
/// no say any more.
/// </summary>
internal sealed class CircuitBreaker(int threshold, TimeSpan breakDuration, TimeProvider time)
{
    private readonly Lock _lock = new();
    private int _round;
    private int _failures;
    private bool _isOpen;
    private bool _isProbing;
    private long _openedAt;
    private DateTimeOffset _brokenSince;

    public int Threshold => threshold;

    public TimeSpan BreakDuration => breakDuration;

    /// <summary>How long until somebody may ask again; zero when anybody may.</summary>
    public TimeSpan Remaining
    {
        get
        {
            lock (_lock)
                return _isOpen && breakDuration - time.GetElapsedTime(_openedAt) is { Ticks: > 0 } left ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Where it stands at this moment. Looks, and asks nobody.</summary>
    public BreakerState State
    {
        get
        {
            lock (_lock)
            {
                if (!_isOpen)
                    return BreakerState.Closed;
                var left = breakDuration - time.GetElapsedTime(_openedAt);
                return left > TimeSpan.Zero
                    ? new BreakerState(BreakerPhase.Open, _brokenSince, time.GetUtcNow() + left)
                    : new BreakerState(BreakerPhase.HalfOpen, _brokenSince, AskedAgainAt: null);
            }
        }
    }

    /// <summary>Asks to go through.</summary>
    /// <param name="round">To be given to one of the other methods when the call has ended.</param>
    public bool TryEnter(out int round)
    {
        lock (_lock)
        {
            round = _round;
            if (!_isOpen)
                return true;
            if (_isProbing || time.GetElapsedTime(_openedAt) < breakDuration)
                return false;
            _isProbing = true;
            return true;
        }
    }

    /// <summary>A call was answered.</summary>
    /// <returns>Whether that closed the breaker.</returns>
    public bool Succeeded(int round)
    {
        lock (_lock)
        {
            if (round != _round)
                return false;
            _failures = 0;
            if (!_isOpen)
                return false;
            _isOpen = _isProbing = false;
            _round++;
            return true;
        }
    }

    /// <summary>A call failed.</summary>
    /// <returns>Whether that opened the breaker, which was closed.</returns>
    public bool Failed(int round)
    {
        lock (_lock)
        {
            if (round != _round || (!_isOpen && ++_failures < threshold))
                return false;
            var opened = !_isOpen;
            if (opened)
                _brokenSince = time.GetUtcNow();
            _isOpen = true;
            _isProbing = false;
            _failures = 0;
            _openedAt = time.GetTimestamp();
            _round++;
            return opened;
        }
    }

    /// <summary>A call was given up by the caller, which says nothing.</summary>
    public void Cancelled(int round)
    {
        lock (_lock)
        {
            if (round == _round)
                _isProbing = false;
        }
    }
}
