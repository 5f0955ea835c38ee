using System.Runtime.InteropServices;

namespace ProDev.Jobs;

/// <summary>An attempt that is to be followed by another: it failed, or the job was not ready.</summary>
/// <param name="Lease">The lease of the attempt.</param>
/// <param name="Delay">How long to wait at least, by the store's clock.</param>
/// <param name="Error">What went wrong.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct JobRetry(JobLease Lease, TimeSpan Delay, string Error)
{
    /// <summary>Whether the attempt does not count: the job was not ready. See <see cref="JobSnoozeException"/>.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool IsUncharged { get; init; }
}
