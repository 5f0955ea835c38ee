namespace ProDev.Jobs.PostgreSql;

/// <summary>What one call about leases has changed: per lease the job, or null if it was not held.</summary>
internal sealed class Settled(SettledJob?[] jobs)
{
    public bool[] Answers { get; } = Array.ConvertAll(jobs, static j => j is not null);

    /// <summary>With what follows the jobs that were held.</summary>
    public Ended<bool[]> With<T>(IReadOnlyList<T> items, Func<T, JobFollowUp?> followUpOf) => new(
        Answers,
        jobs.Select((job, i) => job is null ? null : job.Value.Revoked is { } revoked ? JobFollowUp.WithoutResult(revoked) : followUpOf(items[i])),
        jobs.Select(static j => j?.Group));

    /// <summary>With what follows the jobs that were to be revoked.</summary>
    public Ended<bool[]> WithRevoked() => With<SettledJob?>(jobs, static _ => null);
}
