namespace ProDev.Jobs;

/// <summary>
/// The jobs of one key, of which only some may run at the same time, over all workers of the store. Whatever their names and queues, jobs with equal
/// keys are one group. Immutable.
/// </summary>
/// <remarks>
/// A job counts from the moment a worker takes it until it has ended, failed or been handed back; while it waits for its next attempt it has no place.
/// When a place is free, the job with the highest priority gets it, then the one whose time came first. If jobs of one key name different
/// limits, that of the job enqueued last counts for all of them, from the moment a worker first looks at that job.
/// </remarks>
public sealed record JobGroup
{
    /// <summary>Names a group and its limit.</summary>
    /// <param name="key">The key, such as <c>customer-7</c>; ordinal, 1 to 256 characters, not only spaces.</param>
    /// <param name="limit">How many of its jobs may run at the same time; at least 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> is too long, or has only spaces.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is below 1.</exception>
    public JobGroup(string key, int limit)
    {
        ArgumentNullException.ThrowIfNull(key);
        JobRules.CheckLimitKey("group", key, nameof(key));
        if (limit < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(limit), limit, $"The limit of the group '{key}' is '{limit}'. Set it to 1 or more; to stop jobs, pause their queue.");
        }

        (Key, Limit) = (key, limit);
    }

    /// <summary>The key.</summary>
    public string Key { get; }

    /// <summary>How many of its jobs may run at the same time.</summary>
    public int Limit { get; }
}
