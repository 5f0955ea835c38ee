using System.Runtime.InteropServices;

namespace ProDev.Jobs;

/// <summary>A job whose lease ran out.</summary>
/// <param name="Id">The job.</param>
/// <param name="Name">Its stored name.</param>
/// <param name="Attempt">The attempt that never answered.</param>
/// <param name="DeadLettered">Whether that was the last one, so that the job was given up. If not, it is queued again, or has ended because it was to be revoked.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RescuedJob(Guid Id, string Name, int Attempt, bool DeadLettered);
