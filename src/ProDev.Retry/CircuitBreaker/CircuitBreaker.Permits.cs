namespace ProDev.Retry;

public sealed partial class CircuitBreaker
{
    /// <summary>
    /// Asks to make a call, for code that the <c>Execute</c> forms do not fit. Allocates nothing, unless more permits are held at once than
    /// before.
    /// </summary>
    /// <param name="permit">What the outcome has to be reported to. If the call is rejected, a permit without effect.</param>
    /// <returns>False if the call is rejected: do not make it.</returns>
    public bool TryEnter(out CircuitPermit permit)
    {
        var isAdmitted = TryBegin(out CircuitEntry entry);
        permit = isAdmitted ? PermitTicket.Issue(this, entry) : default;
        return isAdmitted;
    }

    /// <summary>Asks to make a call, for code that the <c>Execute</c> forms do not fit.</summary>
    /// <returns>What the outcome has to be reported to.</returns>
    /// <exception cref="CircuitOpenException">The call is rejected.</exception>
    public CircuitPermit Enter() => TryBegin(out CircuitEntry entry) ? PermitTicket.Issue(this, entry) : throw Rejection(entry);

    internal bool TryBegin(out CircuitEntry entry)
    {
        var phase = Volatile.Read(ref _phase);
        entry = new CircuitEntry(phase, Probe: 0);
        return phase is ClosedPhase || TryBegin(phase, out entry);
    }

    internal CircuitOpenException Rejection(CircuitEntry entry)
    {
        var (phase, now) = (entry.Phase!, _clock.Now);
        return new CircuitOpenException(Name, phase.State, phase.Age(now), phase.RetryAfter(now), phase.Cause);
    }

    internal void Report(CircuitEntry entry, CircuitVerdict verdict, Exception? cause = null)
    {
        var phase = Volatile.Read(ref _phase);
        if (!ReferenceEquals(phase, entry.Phase))
            return;

        if (phase is not ClosedPhase closed)
            ReportProbe(phase, entry.Probe, verdict, cause);
        else if (verdict == CircuitVerdict.Success)
            closed.Succeeded();
        else if (verdict == CircuitVerdict.Failure && closed.Failed(Volatile.Read(ref _settings)) && closed.TryLeave())
            Open(closed, cause);
    }

    private bool TryBegin(CircuitPhase phase, out CircuitEntry entry)
    {
        while (true)
        {
            var probe = 0L;
            var isAdmitted = phase is ClosedPhase || (phase is HalfOpenPhase halfOpen && halfOpen.TryAdmit(_clock.Now, out probe));
            entry = new CircuitEntry(phase, probe);
            if (isAdmitted)
                return true;

            if (phase is OpenPhase open && open.IsOver(_clock.Now))
                HalfOpen(open);

            var next = Volatile.Read(ref _phase);
            if (ReferenceEquals(next, phase))
            {
                CircuitTelemetry.Rejected(Name, phase.State);
                return false;
            }

            phase = next;
        }
    }

    private void ReportProbe(CircuitPhase phase, long probe, CircuitVerdict verdict, Exception? cause)
    {
        if (phase is not HalfOpenPhase halfOpen || !halfOpen.Decides(probe, verdict, _clock.Now))
            return;
        if (verdict == CircuitVerdict.Success)
            Close(halfOpen);
        else
            Open(halfOpen, cause);
    }
}
