namespace ProDev.Retry;

/// <summary>This part judges attempts that have ended, and says what becomes of the call.</summary>
internal partial struct RetryRun
{
    private Exception? _failure;
    private Exception? _replacement;
    private RetryTrail _trail;
    private RetryEnd _end;
    private double _jitterMemory;
    private int _held;
    private int _used;
    private bool _isServerDelay;

    /// <summary>Whether another attempt follows.</summary>
    public bool IsRetried { get; private set; }

    /// <summary>Whether the caller gets an exception that no attempt threw, in place of its outcome.</summary>
    public readonly bool IsReplaced => _replacement is not null;

    /// <summary>The attempt succeeded.</summary>
    public void Succeeds<T>(T result)
    {
        EndAttempt();
        if (_circuit.Phase is not null)
            Report(_engine.Breaker!.Judge(result), cause: null);
        (_end, _failure, IsRetried) = (RetryEnd.Success, null, false);
        _engine.Budget?.OnSuccess(ref _held);
        _engine.Telemetry.Succeeded();
    }

    /// <summary>
    /// Judges what an attempt threw, inside of an exception filter: false lets it pass to the caller untouched. It must not throw: the runtime would
    /// swallow that.
    /// </summary>
    public bool Catches<TOperation>(Exception exception, TOperation operation)
        where TOperation : struct
    {
        if (Fails(exception, operation) || !ReferenceEquals(exception, _replacement ?? _failure))
            return true;

        // Nothing of the loop runs any more. And the filters of policies above run before this call has left its scope.
        Closes(exception);
        return false;
    }

    /// <summary>Judges what an attempt threw. True: another attempt is planned.</summary>
    public bool Fails<TOperation>(Exception exception, TOperation operation)
        where TOperation : struct
    {
        _failure = _timer?.HasFired == true && exception is OperationCanceledException && !_caller.IsCancellationRequested
            ? new AttemptTimeoutException(_engine.AttemptTimeout.GetValueOrDefault(), Attempt, exception)
            : exception;
        EndAttempt();
        if (_circuit.Phase is not null)
            Report(_engine.Breaker!.Judge(_failure, _caller), _failure);
        IsRetried = false;
        if (_caller.IsCancellationRequested)
        {
            _end = RetryEnd.Cancelled;
            if (exception is not OperationCanceledException cancelled || cancelled.CancellationToken != _caller)
                _replacement = RetryExceptions.CancelledDuring(Attempt, _failure, _caller);
        }
        else
        {
            try
            {
                IsRetried = Plan(Judge(_failure, operation), RetryHistory.AttemptsBehind(_failure, _begun));
            }
            catch (Exception callback)
            {
                Replace(callback);
            }
        }

        _engine.Telemetry.Failed(_end, IsRetried);
        return IsRetried;
    }

    /// <summary>Judges a result. True: another attempt is planned.</summary>
    public bool Refuses<TOperation, T>(T result, TOperation operation)
        where TOperation : struct
    {
        _failure = null;
        IsRetried = false;
        try
        {
            if (_engine.Judges is not { } judges || Judge(judges, result) is not { IsFailure: true } decision)
            {
                Succeeds(result);
                return false;
            }

            EndAttempt();
            Report(CircuitVerdict.Failure, cause: null);
            if (_caller.IsCancellationRequested)
                _end = RetryEnd.Cancelled;
            else
                IsRetried = Plan(decision, RetryHistory.AttemptsBehind(result, _begun));
        }
        catch (Exception callback)
        {
            EndAttempt();
            Report(CircuitVerdict.Neutral, cause: null);
            Replace(callback);
        }

        _engine.Telemetry.Failed(_end, IsRetried);
        return IsRetried;
    }

    /// <summary>Tells the observers that another attempt follows. False: one of them threw, which ends the call.</summary>
    public bool Announces()
    {
        _engine.Telemetry.Retrying(Attempt, Delay, _failure);
        if (_isServerDelay)
            _waitingSince = _engine.Time.GetTimestamp();
        return _engine.OnRetry is not { } observer || Announces(observer);
    }

    /// <summary>After the delay: whether there is still a caller, and time for an attempt.</summary>
    public bool MayGoOn()
    {
        var isCancelled = _caller.IsCancellationRequested;
        if (!isCancelled && Remaining() > TimeSpan.Zero)
            return true;
        IsRetried = false;
        _end = isCancelled ? RetryEnd.Cancelled : RetryEnd.DeadlineReached;
        if (isCancelled)
            _replacement = RetryExceptions.CancelledBefore(Attempt + 1, _failure, _caller);
        return false;
    }

    /// <summary>The caller had cancelled before the first attempt.</summary>
    public static RetryOutcome<T> Cancelled<T>(CancellationToken caller) => new(default!, new OperationCanceledException(caller), RetryEnd.Cancelled, attempts: 0, []);

    /// <summary>The end of a call, with the result of its last attempt if that returned.</summary>
    public RetryOutcome<T> Ends<T>(T result)
    {
        if (_end == RetryEnd.Success)
        {
            Releases();
            return new RetryOutcome<T>(result, exception: null, _end, Attempt, []);
        }

        var exception = _replacement ?? _failure;
        var history = Closes(exception ?? (object?)result);
        return new RetryOutcome<T>(exception is null ? result : default!, exception, _end, Attempt, history);
    }

    // Everything that a call without a success leaves behind. The last attempt is told with its own exception, not with the caller's cancellation.
    private IReadOnlyList<RetryAttempt> Closes(object? outcome)
    {
        var history = _trail.ToHistory(Attempt, _failure);
        Releases();
        _engine.Telemetry.GaveUp(_end, Attempt, _replacement ?? _failure);
        if (Attempt > 1)
            RetryHistory.Attach(outcome, history, Math.Max(_used, Attempt));
        return history;
    }

    private void Releases()
    {
        _trail.Release();
        _scope?.Ends();
    }

    private bool Announces(Action<OnRetryArguments> observer)
    {
        try
        {
            observer(new OnRetryArguments(Attempt, Delay, _failure));
            return true;
        }
        catch (Exception callback)
        {
            Replace(RetryExceptions.CallbackThrew(nameof(RetryOptions.OnRetry), Attempt, callback, _failure));
            return false;
        }
    }

    private readonly RetryDecision Judge<TOperation>(Exception exception, TOperation operation)
        where TOperation : struct
    {
        if (_engine.ShouldRetry is not { } judge)
            return DefaultClassifier.IsRetried(exception);

        try
        {
            return judge(new ShouldRetryArguments(Attempt, exception, operation is IHasState stateful ? stateful.State : operation));
        }
        catch (Exception callback)
        {
            throw RetryExceptions.CallbackThrew(nameof(RetryOptions.ShouldRetry), Attempt, callback, exception);
        }
    }

    private readonly RetryDecision Judge<T>(Delegate[] judges, T result)
    {
        try
        {
            foreach (var judge in judges)
            {
                if (judge is Func<T, RetryDecision> judged && judged(result) is { IsFailure: true } decision)
                    return decision;
            }

            return RetryDecision.Stop;
        }
        catch (Exception callback)
        {
            throw RetryExceptions.CallbackThrew(nameof(RetryOptions.JudgeResult), Attempt, callback, attemptFailure: null);
        }
    }

    // An attempt is an attempt, whichever layer has made it: those of a policy beneath are counted here.
    private bool Plan(RetryDecision decision, int attemptsBehind)
    {
        _used = (int)Math.Min((long)_used + (_engine.Multiplies ? 1 : Math.Max(1, attemptsBehind)), int.MaxValue);
        if (!decision.IsRetry)
            return Stop(RetryEnd.Stopped);

        // The budget hears of each failure worth a retry, and is asked to pay for those only that can still be made.
        var previous = Delay;
        if (!FitsAnother(decision))
        {
            Delay = previous;
            _engine.Budget?.OnLastFailure();
            return false;
        }

        if (_engine.Budget?.OnFailure(decision.IsThrottled, ref _held) == false)
            return Stop(RetryEnd.BudgetSpent);
        _trail.Add(new RetryAttempt(Attempt, Delay, _failure));
        return true;
    }

    private bool FitsAnother(RetryDecision decision)
    {
        if (_used >= _engine.MaxAttempts)
            return Stop(RetryEnd.AttemptsUsedUp);
        LookAbove();
        if (_outer?.IsRetrying == true)
            return Stop(RetryEnd.NestedInRetry);
        _isServerDelay = decision.Delay is not null;
        Delay = decision.Delay ?? (_engine.Backoff.IsNone ? TimeSpan.Zero : NextDelay(Delay));
        if (_isServerDelay && Delay > _engine.MaxServerDelay)
            return Stop(RetryEnd.ServerDelayTooLong);
        return Delay < Remaining() || Stop(RetryEnd.DeadlineReached);
    }

    private bool Stop(RetryEnd end)
    {
        _end = end;
        return false;
    }

    private void Replace(Exception exception)
    {
        _end = RetryEnd.CallbackFailed;
        _replacement = exception;
        IsRetried = false;
    }

    private TimeSpan NextDelay(TimeSpan previous)
    {
        try
        {
            return _engine.Backoff.After(new BackoffArguments(Attempt, previous, _failure), ref _jitterMemory);
        }
        catch (Exception callback)
        {
            var name = _engine.Backoff.IsCustom ? nameof(RetryOptions.CustomBackoff) : nameof(RetryOptions.Randomizer);
            throw RetryExceptions.CallbackThrew(name, Attempt, callback, _failure);
        }
    }

    private readonly TimeSpan Remaining()
    {
        if (_outer is null && !_engine.HasDeadline)
            return TimeSpan.MaxValue;
        var own = _engine.RemainingSince(_started);
        return _outer?.Remaining is { } outer && outer < own ? outer : own;
    }
}
