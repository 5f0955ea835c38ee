using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProDev.Retry;

/// <summary>One call of a policy: what it has to know from one attempt to the next. This part starts attempts and waits between them.</summary>
[StructLayout(LayoutKind.Auto)]
internal partial struct RetryRun
{
    private readonly RetryEngine _engine;
    private readonly CancellationToken _caller;
    private readonly long _started;
    private RetryScope? _outer;
    private CircuitEntry _circuit;
    private AttemptTimer? _timer;
    private System.Diagnostics.Activity? _activity;
    private bool _hasScope;
    private long _waitingSince;

    public RetryRun(RetryEngine engine, CancellationToken cancellationToken)
    {
        _engine = engine;
        _caller = cancellationToken;
        engine.CountingBudget?.OnStart();

        // A policy without a deadline does not read the clock.
        _started = engine.Deadline is null ? 0 : engine.Time.GetTimestamp();
    }

    /// <summary>The number of the attempt that runs or has ended; 0 before the first.</summary>
    public int Attempt { get; private set; }

    /// <summary>The delay before the next attempt.</summary>
    public TimeSpan Delay { get; private set; }

    /// <summary>The first attempt has been started elsewhere; it needed neither a timer nor a scope.</summary>
    public void HasBegun() => Attempt = 1;

    /// <summary>Starts the next attempt. What it throws at once is in the task.</summary>
    public ValueTask<T> Next<TOperation, T>(TOperation operation)
        where TOperation : struct, IRetryOperation<T>
    {
        try
        {
            return operation.InvokeAsync(Start());
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<T>(exception);
        }
    }

    /// <inheritdoc cref="Next{TOperation, T}(TOperation)"/>
    public ValueTask Next<TOperation>(TOperation operation)
        where TOperation : struct, IRetryOperation
    {
        try
        {
            return operation.InvokeAsync(Start());
        }
        catch (Exception exception)
        {
            return ValueTask.FromException(exception);
        }
    }

    /// <summary>Starts the next attempt of a synchronous operation, and its time.</summary>
    public CancellationToken StartWithTimer()
    {
        var token = Start();
        StartTimer();
        return token;
    }

    /// <summary>Starts the time of the attempt that runs, now that it has not completed at once.</summary>
    public readonly void StartTimer() => _timer?.Start(_engine.AttemptTimeout.GetValueOrDefault());

    /// <summary>Waits. A wait that ends early because of the caller completes as well, and <see cref="MayGoOn"/> says no.</summary>
    public readonly ConfiguredTaskAwaitable DelayAsync(TimeSpan delay) => Task
        .Delay(delay, _engine.Time, _caller)
        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Waits on this thread.</summary>
    public readonly void Sleep(TimeSpan delay)
    {
        // The system's clock needs no thread of the pool to wake this one; a test's clock has to fire a timer.
        if (ReferenceEquals(_engine.Time, TimeProvider.System))
            _caller.WaitHandle.WaitOne(delay);
        else
            Task.WaitAny(Task.Delay(delay, _engine.Time, _caller));
    }

    /// <summary>What is left of a delay that the server asked for, which timers may cut a little; zero for all others.</summary>
    public readonly TimeSpan StillToWait()
    {
        if (!_isServerDelay || _caller.IsCancellationRequested)
            return TimeSpan.Zero;
        var rest = Delay - _engine.Time.GetElapsedTime(_waitingSince);
        return rest > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)) : TimeSpan.Zero;
    }

    /// <summary>Puts back what policies inside saw before this call.</summary>
    public readonly void LeaveScope()
    {
        if (_hasScope)
            RetryScope.Current = _outer;
    }

    private CancellationToken Start()
    {
        Attempt++;
        if (!_engine.Multiplies && (Attempt > 1 || _engine.Deadline is not null))
            EnterScope();
        if (Attempt > 1)
            _activity = RetryTelemetry.StartAttempt(_engine.Name, Attempt);
        if (_engine.Breaker is { } breaker && !breaker.TryBegin(out _circuit))
            throw Rejection(breaker);
        if (_engine.AttemptTimeout is null)
            return _caller;
        _timer = AttemptTimer.Rent(_engine.Time, _caller);
        return _timer.Token;
    }

    // Nothing will be reported of a call that was not let through.
    private CircuitOpenException Rejection(CircuitBreaker breaker)
    {
        var rejection = breaker.Rejection(_circuit);
        _circuit = default;
        return rejection;
    }

    private void Report(CircuitVerdict verdict, Exception? cause)
    {
        if (_circuit.Phase is null)
            return;
        _engine.Breaker!.Report(_circuit, verdict, cause);
        _circuit = default;
    }

    private void EnterScope()
    {
        LookAbove();
        var isPlain = _engine.Deadline is null && _outer is null;

        // It flows from one attempt to the next, so it is written again only if it says something else.
        if (!isPlain || Attempt == 2)
            RetryScope.Current = isPlain ? _engine.Retrying : new RetryScope(_outer, _engine, _started, Attempt);
        _hasScope = true;
    }

    // Once, before this call writes a scope of its own.
    private void LookAbove()
    {
        if (!_hasScope && !_engine.Multiplies)
            _outer = RetryScope.Current;
    }

    private void EndAttempt()
    {
        _timer?.Return();
        _timer = null;
        _activity?.Dispose();
        _activity = null;
    }
}
