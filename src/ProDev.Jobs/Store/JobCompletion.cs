using System.Runtime.InteropServices;

namespace ProDev.Jobs;

/// <summary>A job that has done its work.</summary>
/// <param name="Lease">The lease of the attempt that did it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct JobCompletion(JobLease Lease)
{
    /// <summary>What the job returned, as JSON. Stores keep it with the job until it is pruned.</summary>
    /// <value>The default is <see langword="null"/>: it returned nothing, or nobody wants it.</value>
    public ReadOnlyMemory<byte>? Result { get; init; }

    /// <summary>What follows; stores take it in the same change.</summary>
    /// <value>The default is <see langword="null"/>: nothing.</value>
    public JobFollowUp? FollowUp { get; init; }

    /// <summary>Whether the job ends because it was revoked: it becomes <see cref="JobState.Revoked"/> instead of succeeded.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool IsRevoked { get; init; }

    /// <summary>A completion without a result.</summary>
    /// <param name="lease">The lease.</param>
    public static implicit operator JobCompletion(JobLease lease) => new(lease);

    /// <summary>A completion without a result.</summary>
    /// <param name="lease">The lease.</param>
    /// <returns>The completion.</returns>
    public static JobCompletion FromJobLease(JobLease lease) => new(lease);
}
