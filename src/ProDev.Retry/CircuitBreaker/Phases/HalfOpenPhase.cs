namespace ProDev.Retry;

/// <summary>
/// Lets probes through, each for the time of a lease. Its numbers are those of the settings when it began, so that a reload cannot
/// leave it with more successes than it needs and no way out.
/// </summary>
internal sealed class HalfOpenPhase(long since, int breaks, Exception? cause, int places, TimeSpan lease)
    : CircuitPhase(CircuitState.HalfOpen, since, breaks, cause)
{
    private readonly Lock _lock = new();
    private readonly List<(long Number, long Until)> _probes = [];
    private long _lastNumber;
    private int _successes;
    private bool _isOver;

    // Until when there is certainly no place, so that a crowd is turned away without the lock.
    private long _fullUntil = long.MinValue;

    public int Running
    {
        get
        {
            lock (_lock)
                return _probes.Count;
        }
    }

    public bool TryAdmit(long now, out long probe)
    {
        probe = 0;
        if (now < Volatile.Read(ref _fullUntil))
            return false;

        lock (_lock)
        {
            RemoveLost(now);
            if (_isOver || _probes.Count + _successes >= places)
                return false;
            probe = ++_lastNumber;
            _probes.Add((probe, now + lease.Ticks));
            Publish();
            return true;
        }
    }

    /// <summary>Takes the outcome of a probe.</summary>
    /// <returns>True if it decided: a failure, or the last success that was needed. That happens once.</returns>
    public bool Decides(long probe, CircuitVerdict verdict, long now)
    {
        lock (_lock)
        {
            RemoveLost(now);
            if (_isOver || _probes.RemoveAll(p => p.Number == probe) == 0)
                return false;

            if (verdict == CircuitVerdict.Success)
                _successes++;
            _isOver = verdict == CircuitVerdict.Failure || _successes == places;
            Publish();
            return _isOver;
        }
    }

    public override TimeSpan RetryAfter(long now) => Volatile.Read(ref _fullUntil) is var until && until > now && until != long.MaxValue
        ? TimeSpan.FromTicks(until - now)
        : TimeSpan.Zero;

    private void RemoveLost(long now)
    {
        if (_probes.RemoveAll(p => p.Until <= now) > 0)
            Publish();
    }

    private void Publish() => Volatile.Write(
        ref _fullUntil,
        _isOver ? long.MaxValue
        : _probes.Count + _successes < places ? long.MinValue
        : _probes.Min(p => p.Until));
}
