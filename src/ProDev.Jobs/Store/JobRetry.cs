using System.Runtime.InteropServices;

namespace ProDev.Jobs;

/// <summary>A failed attempt that is to be followed by another.</summary>
/// <param name="Lease">The lease of the failed attempt.</param>
/// <param name="Delay">How long to wait at least, by the store's clock.</param>
/// <param name="Error">What went wrong.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct JobRetry(JobLease Lease, TimeSpan Delay, string Error);
