namespace ProDev.Caching.Internal;

/// <summary>
/// Keeps the changes that could not be delivered, one for each key and tag, and delivers them when the store answers again: as soon as a call has
/// found that out, or else when a timer tries. There are never more than a limit: then everything is invalidated instead.
/// </summary>
/// <param name="limit">The most changes.</param>
/// <param name="deliver">Delivers one; answers what is left of it, null for nothing.</param>
/// <param name="retryAfter">How long to wait before the next try.</param>
/// <param name="overflowed">Told when the limit is exceeded.</param>
/// <param name="recovered">Told how many were delivered when nothing is left.</param>
internal sealed class Recovery(
    int limit,
    Func<PendingChange, ValueTask<PendingChange?>> deliver,
    Func<TimeSpan> retryAfter,
    Action overflowed,
    Action<int> recovered) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private volatile PendingChanges _pending = PendingChanges.None;
    private ITimer? _timer;
    private TaskCompletionSource? _running;
    private bool _isArmed;
    private volatile bool _isDisposed;

    public PendingChanges Pending => _pending;

    /// <summary>Completes when nothing is being delivered.</summary>
    internal Task Idle
    {
        get
        {
            lock (_lock)
                return _running?.Task ?? Task.CompletedTask;
        }
    }

    /// <summary>Gives it the clock by which it tries again. The timer keeps nothing of the caller's context.</summary>
    public void Start(TimeProvider time)
    {
        var flows = !ExecutionContext.IsFlowSuppressed();
        if (flows)
            ExecutionContext.SuppressFlow();
        try
        {
            _timer = time.CreateTimer(static state => ((Recovery)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            if (flows)
                ExecutionContext.RestoreFlow();
        }
    }

    /// <summary>Notes what is left of a change.</summary>
    /// <param name="subject">The key or tag.</param>
    /// <param name="before">What was pending for it before that change was made, and is replaced by it; what came after stays.</param>
    /// <param name="rest">What is left to deliver; null: nothing.</param>
    public void Settle(PendingSubject subject, PendingChange? before, PendingChange? rest)
    {
        var isFull = false;
        lock (_lock)
        {
            var current = _pending.Find(subject);
            if (current is null && rest is null)
                return;
            var next = current is null || ReferenceEquals(current, before) ? rest : rest is null ? current : current.With(rest);
            var pending = _pending.With(subject, next);
            isFull = pending.Count > limit;
            _pending = isFull ? PendingChanges.Everything() : pending;
            if (_running is null)
                Schedule();
        }

        if (isFull)
            overflowed();
    }

    /// <summary>Begins to deliver, on another thread and in no caller's context.</summary>
    public void Try()
    {
        lock (_lock)
        {
            if (_isDisposed || _running is not null || _pending.Count == 0)
                return;
            _running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        ThreadPool.UnsafeQueueUserWorkItem(static recovery => _ = recovery.DeliverAsync(), this, preferLocal: false);
    }

    /// <summary>Ends the deliveries; what is left is forgotten.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
            _isDisposed = true;
        if (_timer is not null)
            await _timer.DisposeAsync().ConfigureAwait(false);
        await Idle.ConfigureAwait(false);
    }

    private async Task DeliverAsync()
    {
        var delivered = 0;
        bool goesOn;
        do
        {
            goesOn = true;
            foreach (var change in _pending.Changes)
            {
                if (_isDisposed)
                    break;
                var rest = await DeliverAsync(change).ConfigureAwait(false);
                Settle(change.Subject, change, rest);
                goesOn &= rest is null;
                delivered += rest is null ? 1 : 0;
            }
        }
        while (goesOn && !_isDisposed && _pending.Count > 0);

        End(delivered);
    }

    private async ValueTask<PendingChange?> DeliverAsync(PendingChange change)
    {
        try
        {
            return await deliver(change).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Nothing that is delivered throws; if it does all the same, it is not delivered, and the others are.
            return change;
        }
    }

    private void End(int delivered)
    {
        TaskCompletionSource running;
        bool isDone;
        lock (_lock)
        {
            running = _running!;
            _running = null;
            isDone = _pending.Count == 0;
            Schedule();
        }

        if (isDone && delivered > 0)
            recovered(delivered);
        running.SetResult();
    }

    private void OnTimer()
    {
        lock (_lock)
            _isArmed = false;
        Try();
    }

    // An armed timer is left alone: changes that keep coming would put it off for ever.
    private void Schedule()
    {
        if (_isDisposed || _isArmed || _pending.Count == 0)
            return;
        _isArmed = true;
        _timer?.Change(retryAfter(), Timeout.InfiniteTimeSpan);
    }
}
