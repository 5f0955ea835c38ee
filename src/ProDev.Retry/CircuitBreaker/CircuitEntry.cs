using System.Runtime.InteropServices;

namespace ProDev.Retry;

/// <summary>
/// A call that was let through, for callers that report exactly once by construction; <see cref="CircuitPermit"/> guards against others.
/// </summary>
/// <param name="Phase">The phase that let it through, or, if it was rejected, the one that rejected it.</param>
/// <param name="Probe">Its number among the probes of a half-open phase; otherwise zero.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CircuitEntry(CircuitPhase? Phase, long Probe);
