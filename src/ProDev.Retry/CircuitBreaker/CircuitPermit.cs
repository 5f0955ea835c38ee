using System.Runtime.InteropServices;

namespace ProDev.Retry;

/// <summary>
/// A call that a <see cref="CircuitBreaker"/> let through. Report its outcome by exactly one of the three methods, from any thread: a
/// <see langword="finally"/> block with <see cref="Abandoned"/> is a safe end, because only the first report counts, over all copies of
/// the permit.
/// </summary>
/// <remarks>
/// A report has no effect when the breaker has opened, closed, been isolated or reset since, or when a probe's lease is over. A permit that
/// is never reported counts for nothing; if it is a probe, its place is free again after <see cref="CircuitBreakerOptions.ProbeLease"/>. Reports of
/// the default value have no effect. The methods do not throw.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly struct CircuitPermit
{
    private readonly PermitTicket? _ticket;
    private readonly long _version;

    internal CircuitPermit(PermitTicket ticket, long version)
    {
        _ticket = ticket;
        _version = version;
    }

    /// <summary>Reports that the dependency answered.</summary>
    public void Succeeded() => _ticket?.Report(_version, CircuitVerdict.Success, cause: null);

    /// <summary>Reports that the dependency failed.</summary>
    /// <param name="cause">What it failed with, for <see cref="CircuitOpenException"/> and <see cref="CircuitChange"/>; null if there is no exception.</param>
    public void Failed(Exception? cause = null) => _ticket?.Report(_version, CircuitVerdict.Failure, cause);

    /// <summary>
    /// Reports that the outcome says nothing about the dependency, for instance because the caller cancelled. It counts neither as success nor as
    /// failure, and a probe gives its place back.
    /// </summary>
    public void Abandoned() => _ticket?.Report(_version, CircuitVerdict.Neutral, cause: null);
}
