using System.Runtime.InteropServices;

namespace ProDev.Jobs;

/// <summary>What became of one attempt.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JobOutcome(HeldJob Job, JobOutcomeKind Kind, string Error, TimeSpan Delay, DeadLetterReason Reason)
{
    public static JobOutcome Succeeded(HeldJob job) => new(job, JobOutcomeKind.Complete, "", TimeSpan.Zero, default);

    public static JobOutcome Returned(HeldJob job) => new(job, JobOutcomeKind.Return, "", TimeSpan.Zero, default);

    public static JobOutcome Retry(HeldJob job, string error, TimeSpan delay) => new(job, JobOutcomeKind.Retry, error, delay, default);

    public static JobOutcome Dead(HeldJob job, DeadLetterReason reason, string error)
        => new(job, JobOutcomeKind.DeadLetter, error, TimeSpan.Zero, reason);
}
