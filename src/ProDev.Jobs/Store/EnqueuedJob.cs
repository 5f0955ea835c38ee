using System.Runtime.InteropServices;

namespace ProDev.Jobs;

/// <summary>The store's answer for one envelope.</summary>
/// <param name="Id">The id of the job that is now in the store.</param>
/// <param name="AlreadyExisted">Whether it was there before, with the same id, or the same name and idempotency key.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EnqueuedJob(Guid Id, bool AlreadyExisted);
