using System.Runtime.InteropServices;

namespace ProDev.Jobs;

/// <summary>What became of one attempt.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JobOutcome(HeldJob Job, JobOutcomeKind Kind)
{
    public string Error { get; private init; } = "";

    public TimeSpan Delay { get; private init; }

    /// <summary>Whether an attempt that is to be followed by another does not count.</summary>
    public bool IsUncharged { get; private init; }

    public DeadLetterReason Reason { get; private init; }

    /// <summary>What the job returned, as JSON.</summary>
    public byte[]? Result { get; private init; }

    /// <summary>The span of the attempt, which is the parent of what follows.</summary>
    public string? TraceParent { get; private init; }

    /// <summary>Whether something is to follow the end of the job.</summary>
    public bool HasFollowUp => !IsBarren && Kind is JobOutcomeKind.Complete or JobOutcomeKind.DeadLetter && Job.Job.Envelope.Continuation is not null;

    private bool IsBarren { get; init; }

    public static JobOutcome Succeeded(HeldJob job, byte[]? result = null, string? traceParent = null)
        => new(job, JobOutcomeKind.Complete) { Result = result, TraceParent = traceParent };

    public static JobOutcome Revoked(HeldJob job) => new(job, JobOutcomeKind.Revoke);

    public static JobOutcome Returned(HeldJob job) => new(job, JobOutcomeKind.Return);

    public static JobOutcome Retry(HeldJob job, string error, TimeSpan delay) => new(job, JobOutcomeKind.Retry) { Error = error, Delay = delay };

    public static JobOutcome Snoozed(HeldJob job, string why, TimeSpan delay)
        => new(job, JobOutcomeKind.Retry) { Error = why, Delay = delay, IsUncharged = true };

    public static JobOutcome Dead(HeldJob job, DeadLetterReason reason, string error)
        => new(job, JobOutcomeKind.DeadLetter) { Error = error, Reason = reason };

    /// <summary>What follows the job cannot be made or stored, ever: the job is kept as a dead letter, and nothing follows.</summary>
    public JobOutcome WithoutFollowUp(Exception why) => Dead(Job, DeadLetterReason.InvalidResult, JobErrors.InvalidFollowUp(why)) with { IsBarren = true };

    /// <summary>As the store takes the end of a job that succeeded or was revoked.</summary>
    public JobCompletion ToCompletion(bool keepsResults)
    {
        JobEnvelope envelope = Job.Job.Envelope;
        if (Kind == JobOutcomeKind.Revoke)
            return new JobCompletion(Job.Lease) { IsRevoked = true, FollowUp = JobFollowUp.WithoutResult(envelope) };
        return new JobCompletion(Job.Lease)
        {
            Result = keepsResults && !envelope.IgnoreResult && Result is { } result ? new ReadOnlyMemory<byte>(result) : default(ReadOnlyMemory<byte>?),
            FollowUp = FollowUps.AfterSuccess(envelope, Result, TraceParent),
        };
    }

    /// <summary>As the store takes an attempt that is to be followed by another.</summary>
    public JobRetry ToRetry() => new(Job.Lease, Delay, Error) { IsUncharged = IsUncharged };

    /// <summary>As the store takes the end of a job that is given up.</summary>
    public JobDeath ToDeath() => new(Job.Lease, Reason, Error)
    {
        FollowUp = IsBarren ? null : JobFollowUp.AfterDeath(Job.Job.Envelope, Reason, Error, Job.Job.Attempt),
    };
}
