namespace ProDev.Retry;

public sealed partial class CircuitBreaker
{
    private void HalfOpen(OpenPhase open) => Move(breaker => ReferenceEquals(breaker._phase, open)
        ? new HalfOpenPhase(breaker._clock.Now, open.Breaks, open.Cause, breaker._settings.Probes, breaker._settings.ProbeLease)
        : null);

    private void Close(HalfOpenPhase halfOpen) =>
        Move(breaker => ReferenceEquals(breaker._phase, halfOpen) ? breaker.NewClosedPhase() : null);

    private void Open(CircuitPhase from, Exception? cause)
    {
        // Only one caller gets here for a phase, so the generator is asked once for each break, and outside of the lock.
        var breaks = from.Breaks + 1;
        var duration = _callbacks.BreakDuration(Volatile.Read(ref _settings), breaks);
        Move(breaker => ReferenceEquals(breaker._phase, from) ? new OpenPhase(breaker._clock.Now, duration, breaks, cause) : null);
    }

    /// <summary>Begins the phase that is answered under the lock; null stays in the present one.</summary>
    private void Move(Func<CircuitBreaker, CircuitPhase?> next)
    {
        CircuitPhase from;
        CircuitPhase? to;
        lock (_lock)
        {
            from = _phase;
            to = next(this);
            if (to is null)
                return;
            Volatile.Write(ref _phase, to);
            if (to.State != from.State)
                _callbacks.Enqueue(new CircuitChange(Name, from, to, to is OpenPhase ? to.RetryAfter(to.Since) : TimeSpan.Zero));
        }

        if (to.State == from.State)
            return;
        CircuitTelemetry.Moved(Name, to.State);
        _callbacks.Announce(_settings.OnChange);
    }

    private ClosedPhase NewClosedPhase() => new(_clock.Now, NewWindow());

    private CallWindow? NewWindow() => _settings.FailureRatio is null ? null : new CallWindow(_clock, _settings.SamplingDuration);
}
