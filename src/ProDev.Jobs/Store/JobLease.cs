using System.Runtime.InteropServices;

namespace ProDev.Jobs;

/// <summary>The right to decide what becomes of a job, held by one worker for a limited time.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Token">The fencing token: higher with each lease of the same job. Only the holder of the latest one may decide.</param>
/// <param name="Receipt">The provider's own handle of the delivery, such as a row number or a delivery tag. Others pass it back unread.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct JobLease(Guid JobId, long Token, long Receipt);
