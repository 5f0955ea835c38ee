namespace ProDev.Retry;

/// <summary>Counts outcomes until one of the rules is met.</summary>
internal sealed class ClosedPhase(long since, CallWindow? window) : CircuitPhase(CircuitState.Closed, since)
{
    private CallWindow? _window = window;
    private int _failuresInARow;
    private int _isLeft;

    public int FailuresInARow => Volatile.Read(ref _failuresInARow);

    public CallWindow? Window => Volatile.Read(ref _window);

    /// <summary>The hot path: reads what nobody writes while all goes well, and counts in a ring of this core.</summary>
    public void Succeeded()
    {
        if (_failuresInARow != 0)
            Volatile.Write(ref _failuresInARow, 0);
        _window?.AddSuccess();
    }

    /// <summary>Counts a failure; true if a rule is met.</summary>
    public bool Failed(CircuitBreakerOptions settings)
    {
        var inARow = Interlocked.Increment(ref _failuresInARow);
        var counted = Window;
        counted?.AddFailure();
        return inARow >= settings.ConsecutiveFailures
            || (settings.FailureRatio is { } ratio && counted?.IsOver(ratio, settings.MinimumThroughput) == true);
    }

    /// <summary>True for the first caller alone, who then opens the breaker.</summary>
    public bool TryLeave() => Interlocked.Exchange(ref _isLeft, 1) == 0;

    /// <summary>Goes on with other settings and what was counted so far.</summary>
    public void Adopt(CallWindow? next)
    {
        if (next is not null && _window is { } previous)
        {
            if (next.Duration == previous.Duration)
                return;
            next.Adopt(previous);
        }

        Volatile.Write(ref _window, next);
    }
}
