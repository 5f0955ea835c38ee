using System.Runtime.InteropServices;

namespace ProDev.Jobs;

/// <summary>The store's answer for one envelope.</summary>
/// <param name="Id">The id of the job that is now in the store.</param>
/// <param name="AlreadyExisted">
/// Whether it was there before, with the same id, the same name and idempotency key, or in the way of a unique job.
/// </param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EnqueuedJob(Guid Id, bool AlreadyExisted)
{
    /// <summary>What was done to it.</summary>
    /// <value>The default is <see cref="EnqueueOutcome.Existed"/> or <see cref="EnqueueOutcome.Enqueued"/>, as <see cref="AlreadyExisted"/> says.</value>
    public EnqueueOutcome Outcome { get; init; } = AlreadyExisted ? EnqueueOutcome.Existed : EnqueueOutcome.Enqueued;
}
