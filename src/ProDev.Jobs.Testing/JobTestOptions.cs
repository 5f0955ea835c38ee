namespace ProDev.Jobs.Testing;

/// <summary>Settings of one <see cref="JobTestHost"/>.</summary>
public sealed class JobTestOptions
{
    /// <summary>How many jobs run at the same time. At least 1. With more than one the order of runs is no longer the same each time.</summary>
    /// <value>The default is 1.</value>
    public int Concurrency { get; set; } = 1;

    /// <summary>Queues to serve after those that the registered jobs name: the ones that are only named when a job is enqueued.</summary>
    /// <value>The default is empty.</value>
    public IList<string> Queues { get; set; } = [];

    /// <summary>Where the virtual clock starts.</summary>
    /// <value>The default is 2026-01-01, midnight, UTC.</value>
    public DateTimeOffset StartTime { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// How far one call of <see cref="JobTestHost.RunUntilDoneAsync"/> may move the clock; a job that is due later is reported as left. Zero or more.
    /// </summary>
    /// <value>The default is 1 day.</value>
    public TimeSpan MaxSpan { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How many attempts one call of a method that runs jobs may start, so that jobs that go on for ever are noticed. At least 1.</summary>
    /// <value>The default is 10,000.</value>
    public int MaxRuns { get; set; } = 10_000;

    /// <summary>
    /// How long nothing may happen, in real time, until a running job is reported as hanging. It is no wait: tests that pass never come near.
    /// <see cref="Timeout.InfiniteTimeSpan"/> waits for ever, as does a debugger. More than zero.
    /// </summary>
    /// <value>The default is 30 s.</value>
    public TimeSpan HangTimeout { get; set; } = TimeSpan.FromSeconds(30);

    internal IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (Concurrency < 1)
            faults.Add($"JobTestOptions.Concurrency is '{Concurrency}'. Set it to 1 or more.");
        if (MaxSpan < TimeSpan.Zero)
            faults.Add($"JobTestOptions.MaxSpan is '{MaxSpan}'. Set it to zero or more.");
        if (MaxRuns < 1)
            faults.Add($"JobTestOptions.MaxRuns is '{MaxRuns}'. Set it to 1 or more.");
        if (HangTimeout <= TimeSpan.Zero && HangTimeout != Timeout.InfiniteTimeSpan)
            faults.Add($"JobTestOptions.HangTimeout is '{HangTimeout}'. Set it to more than zero, or to Timeout.InfiniteTimeSpan.");
        if (Queues is null)
            faults.Add("JobTestOptions.Queues is null. Leave it empty to serve the queues of the registered jobs.");
        else
            faults.AddRange(Queues.Where(static q => !JobRules.IsName(q)).Select(static q => $"JobTestOptions.Queues contains the malformed name '{q}'."));

        return faults;
    }
}
