namespace ProDev.Jobs.Testing;

/// <summary>
/// A clock that stands still until it is told a moment. It then fires the timers on the way, each at its own moment and in order, on the thread
/// that moves it. It knows which attempts wait for it in <c>Task.Delay</c>. Safe for concurrent use.
/// </summary>
internal sealed class VirtualClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly SortedSet<VirtualTimer> _timers = new(VirtualTimer.Order);
    private readonly AsyncLocal<Attempt?> _flow = new(FlowChanged);
    private readonly DateTimeOffset _start;
    private DateTimeOffset _now;
    private long _lastNumber;

    public VirtualClock(DateTimeOffset start) => _start = _now = start.ToUniversalTime();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>The attempt whose code calls; <see langword="null"/> for others.</summary>
    public Attempt? Flow
    {
        get => _flow.Value;
        set => _flow.Value = value;
    }

    /// <summary>When the next timer fires; <see langword="null"/> when none will.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_lock)
                return _timers.Min?.Due;
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => (GetUtcNow() - _start).Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state, IsDelay(state) ? Flow : null, Interlocked.Increment(ref _lastNumber));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Goes to a moment; one in the past leaves the time as it is. Timers that are due at it fire in any case.</summary>
    public void MoveTo(DateTimeOffset moment)
    {
        // Continuations of what waited run here, one after the other: on the thread of a test framework they would be posted to it.
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            while (TakeDue(moment) is { } timer)
                timer.Fire();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }

        lock (_lock)
            _now = moment > _now ? moment : _now;
    }

    /// <summary>Sets when a timer fires next; <see langword="null"/> for never. Returns false when it was disposed.</summary>
    public bool Schedule(VirtualTimer timer, TimeSpan? dueTime, TimeSpan period, bool disposes = false)
    {
        lock (_lock)
        {
            if (timer.IsDisposed)
                return false;
            Remove(timer);
            timer.IsDisposed = disposes;
            timer.Period = period;
            if (dueTime is { } wait)
                Add(timer, _now + wait);
        }

        return true;
    }

    private VirtualTimer? TakeDue(DateTimeOffset moment)
    {
        lock (_lock)
        {
            if (_timers.Min is not { } timer || timer.Due > moment)
                return null;
            _now = timer.Due > _now ? timer.Due : _now;
            Remove(timer);
            if (timer.Period > TimeSpan.Zero)
                Add(timer, _now + timer.Period);
            return timer;
        }
    }

    private void Add(VirtualTimer timer, DateTimeOffset due)
    {
        timer.Due = due;
        _timers.Add(timer);
        timer.Attempt?.DelayBegan();
    }

    private void Remove(VirtualTimer timer)
    {
        if (_timers.Remove(timer))
            timer.Attempt?.DelayEnded();
    }

    /// <summary>
    /// Task.Delay passes its own promise, a plain task. A timeout is something else: whoever sets one waits for other things, so that the clock
    /// must not run ahead. Those of CancellationTokenSource and Task.WaitAsync pass a source and a task with a result.
    /// </summary>
    private static bool IsDelay(object? state)
    {
        if (state is not Task)
            return false;
        for (Type? type = state.GetType(); type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>))
                return false;
        }

        return true;
    }

    private static void FlowChanged(AsyncLocalValueChangedArgs<Attempt?> change)
    {
        change.PreviousValue?.ThreadLeft();
        change.CurrentValue?.ThreadEntered();
    }
}
