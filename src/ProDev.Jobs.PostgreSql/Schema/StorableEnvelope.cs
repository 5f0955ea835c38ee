namespace ProDev.Jobs.PostgreSql;

/// <summary>Refuses what the columns cannot hold and the core allows: PostgreSQL's text knows no U+0000. Headers may hold it, since JSON escapes it.</summary>
internal static class StorableEnvelope
{
    public static void Check(JobEnvelope job)
    {
        Check(job, "idempotency", job.IdempotencyKey);
        Check(job, "group", job.Group?.Key);
        Check(job, "rate", job.RateKey);
    }

    private static void Check(JobEnvelope job, string what, string? key)
    {
        if (!Columns.IsStorable(key))
        {
            throw new ArgumentException(
                $"The {what} key of the job '{job.Name}' contains U+0000 or half of a surrogate pair, which PostgreSQL cannot store. Leave it out.",
                nameof(job));
        }

        if (!Columns.IsStorable(job.Unique?.Key))
        {
            throw new ArgumentException(
                $"The unique key of the job '{job.Name}' contains U+0000 or half of a surrogate pair, which PostgreSQL cannot store. Make it a hash.", nameof(job));
        }
    }
}
