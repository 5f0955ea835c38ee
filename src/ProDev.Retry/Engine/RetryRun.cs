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
    private RetryScope? _scope;
    private long _waitingSince;
    private long _begun;
    private bool _isRunning;

    public RetryRun(RetryEngine engine, CancellationToken cancellationToken)
    {
        _engine = engine;
        _caller = cancellationToken;
        engine.CountingBudget?.OnStart();

        // A policy without a deadline does not read the clock.
        _started = engine.Deadline is null ? 0 : engine.Time.GetTimestamp();
    }

    /// <summary>
    /// A call whose first attempt has been started elsewhere, at that <see cref="RetryMoment"/>, and told to the budget; it needed neither a deadline, a timer nor a scope.
    /// </summary>
    public RetryRun(RetryEngine engine, long begun, CancellationToken cancellationToken)
    {
        _engine = engine;
        _caller = cancellationToken;
        (Attempt, _begun, _isRunning) = (1, begun, true);
    }

    /// <summary>The number of the attempt that runs or has ended; 0 before the first.</summary>
    public int Attempt { get; private set; }

    /// <summary>Whether an attempt is to be started: the first one, or one that is planned.</summary>
    public readonly bool IsToStart => !_isRunning;

    /// <summary>Whether the call has its outcome.</summary>
    public readonly bool IsOver => Attempt > 0 && !_isRunning && !IsRetried;

    /// <summary>Whether the call is over, and well.</summary>
    public readonly bool IsSuccess => IsOver && _end == RetryEnd.Success;

    /// <summary>Whether the last attempt has returned something, be it refused.</summary>
    public readonly bool HasResult => Attempt > 0 && !_isRunning && _failure is null;

    /// <summary>What the policy tells about itself.</summary>
    public readonly RetryTelemetry Telemetry => _engine.Telemetry;

    /// <summary>The delay before the next attempt.</summary>
    public TimeSpan Delay { get; private set; }

    /// <summary>Starts the next attempt. What it throws at once is in the task.</summary>
    public StartedAttempt<T> Next<TOperation, T>(TOperation operation)
        where TOperation : struct, IRetryOperation<T>
    {
        ValueTask<T> call;
        try
        {
            call = operation.InvokeAsync(Start());
        }
        catch (Exception exception)
        {
            return StartedAttempt<T>.Threw(exception);
        }

        return StartedAttempt<T>.Of(ref call, operation);
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

    /// <summary>Puts back what this thread told policies inside before the call. Work that has been started goes on with the call's.</summary>
    public readonly void RestoreScope()
    {
        if (_scope is not null)
            RetryScope.Current = _outer;
    }

    /// <summary>The call is over: puts back what this thread told before, and takes back what the call has told.</summary>
    public readonly void LeaveScope()
    {
        _scope?.Ends();
        RestoreScope();
    }

    private CancellationToken Start()
    {
        Attempt++;
        _isRunning = true;
        _begun = RetryMoment.Now;
        if (!_engine.Multiplies && (Attempt > 1 || _engine.Deadline is not null))
            EnterScope();
        if (Attempt > 1 && RetryTelemetry.IsTracing)
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
        // Before a retry this was done when it was planned.
        if (Attempt == 1)
            LookAbove();
        _scope ??= RetryScope.Enter(_outer, _engine, _started);
        if (Attempt > 1)
            _scope.Retries();
    }

    // Once, before this call writes a scope of its own.
    private void LookAbove()
    {
        if (_scope is null && !_engine.Multiplies)
            _outer = RetryScope.Current;
    }

    private void EndAttempt()
    {
        _isRunning = false;
        if (_timer is not null)
            ReturnTimer();
        if (_activity is not null)
            EndActivity();
    }

    private void ReturnTimer()
    {
        _timer!.Return();
        _timer = null;
    }

    private void EndActivity()
    {
        RetryTelemetry.EndAttempt(_activity);
        _activity = null;
    }
}
