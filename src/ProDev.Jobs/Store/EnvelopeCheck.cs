namespace ProDev.Jobs;

/// <summary>Refuses envelopes that a store must not see.</summary>
internal static class EnvelopeCheck
{
    public static void Check(JobEnvelope job, JobStoreAbilities abilities, string store)
    {
        JobRules.CheckJobName(job.Name, nameof(job));
        JobRules.CheckQueue(job.Queue, nameof(job));
        JobRules.CheckMaxAttempts(job.MaxAttempts, nameof(job));
        if (job.Priority is < JobConstants.LowestPriority or > JobConstants.HighestPriority)
        {
            throw new ArgumentOutOfRangeException(
                nameof(job), job.Priority, $"The priority '{job.Priority}' is out of range. Allowed are 0 (lowest) to 9 (highest).");
        }

        if (job.IdempotencyKey is { } key)
            JobRules.CheckIdempotencyKey(key, nameof(job));

        if (job.Unique is { } unique)
            CheckUnique(job, unique);
        if (job.RateKey is { } rateKey)
            JobRules.CheckLimitKey("rate", rateKey, nameof(job));

        Need(JobStoreAbilities.Delays, job.Delay > TimeSpan.Zero || job.RunAt is not null, "delay jobs");
        Need(JobStoreAbilities.IdempotencyKeys, job.IdempotencyKey is not null, "keep idempotency keys");
        Need(JobStoreAbilities.UniqueKeys, job.Unique is not null, "keep jobs unique");
        Need(JobStoreAbilities.Continuations, job.Continuation is not null, "start what follows a job");
        Need(JobStoreAbilities.Priorities, job.Priority != JobConstants.LowestPriority, "order jobs by priority");
        Need(JobStoreAbilities.Groups, job.Group is not null, "limit how many jobs of a group run at once");
        Need(JobStoreAbilities.RateLimits, job.Rate is not null, "limit the rate of jobs");

        void Need(JobStoreAbilities ability, bool used, string what)
        {
            if (used && !abilities.HasFlag(ability))
            {
                throw new NotSupportedException(
                    $"The job store '{store}' cannot {what}, but the job '{job.Name}' asks for it. Leave the option out, or use another provider.");
            }
        }
    }

    private static void CheckUnique(JobEnvelope job, JobUniqueKey unique)
    {
        UniqueRules.Check(unique, nameof(job));
        if (job.IdempotencyKey is not null && unique.OnConflict != JobConflict.Skip)
        {
            throw new ArgumentException(
                $"The job '{job.Name}' has the idempotency key '{job.IdempotencyKey}' and is unique with OnConflict = {unique.OnConflict}. A job that is replaced " +
                "or rescheduled would not have the key, so the call could not be repeated. Leave the key out, or set OnConflict to Skip.",
                nameof(job));
        }
    }
}
