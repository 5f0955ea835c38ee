using System.Runtime.InteropServices;

namespace ProDev.Jobs;

/// <summary>A job that is to be given up.</summary>
/// <param name="Lease">The lease of its last attempt.</param>
/// <param name="Reason">Why.</param>
/// <param name="Error">What went wrong.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct JobDeath(JobLease Lease, DeadLetterReason Reason, string Error)
{
    /// <summary>What follows, such as error callbacks; stores take it in the same change.</summary>
    /// <value>The default is <see langword="null"/>: nothing.</value>
    public JobFollowUp? FollowUp { get; init; }
}
