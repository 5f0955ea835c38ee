namespace ProDev.Jobs.Broker.Tests;

/// <summary>Every job that may ever follow a job, by its continuation: more than do, and never fewer.</summary>
internal static class FollowingJobs
{
    public static IEnumerable<JobEnvelope> Of(JobContinuation? continuation)
    {
        if (continuation is null)
            return [];
        return continuation.Callbacks.Concat(continuation.ErrorCallbacks).Concat(continuation.Next).SelectMany(Of).Concat(Of(continuation.Join?.Continuation));
    }

    private static IEnumerable<JobEnvelope> Of(JobStep step)
        => step.Job is { } job ? Of(job.Continuation).Prepend(job) : (step.Group ?? []).SelectMany(static chain => chain.SelectMany(Of));
}
