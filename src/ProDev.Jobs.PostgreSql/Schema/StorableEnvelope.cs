namespace ProDev.Jobs.PostgreSql;

/// <summary>
/// Refuses what the columns cannot hold and the core allows: PostgreSQL's text knows no U+0000. Headers may hold it, since JSON escapes it. What follows a job is
/// looked at with it: refused when its turn comes, it would keep the end of the job from being written.
/// </summary>
internal static class StorableEnvelope
{
    public static void Check(JobEnvelope job)
    {
        Check(job, "idempotency", job.IdempotencyKey, "Leave it out.");
        Check(job, "group", job.Group?.Key, "Leave it out.");
        Check(job, "rate", job.RateKey, "Leave it out.");
        Check(job, "unique", job.Unique?.Key, "Make it a hash.");
        Check(job.Continuation);
    }

    private static void Check(JobContinuation? continuation)
    {
        for (JobContinuation? next = continuation; next is not null; next = next.Join?.Continuation)
        {
            Check(next.Next);
            Check(next.Callbacks);
            Check(next.ErrorCallbacks);
        }
    }

    private static void Check(IReadOnlyList<JobStep> steps)
    {
        foreach (JobStep step in steps)
        {
            if (step.Job is { } job)
                Check(job);
            foreach (IReadOnlyList<JobStep> member in step.Group ?? [])
                Check(member);
        }
    }

    private static void Check(JobEnvelope job, string what, string? key, string advice)
    {
        if (!Columns.IsStorable(key))
        {
            throw new ArgumentException(
                $"The {what} key of the job '{job.Name}' contains U+0000 or half of a surrogate pair, which PostgreSQL cannot store. {advice}", nameof(job));
        }
    }
}
