namespace ProDev.Jobs;

/// <summary>Settings of one worker.</summary>
public sealed class WorkerOptions
{
    /// <summary>How many jobs run at the same time. At least 1.</summary>
    /// <value>The default is twice the number of processors, and at least 4.</value>
    public int Concurrency { get; set; } = Math.Max(4, Environment.ProcessorCount * 2);

    /// <summary>
    /// The queues to take from, in order: a later queue is served only while the earlier ones have no ready jobs.
    /// </summary>
    /// <value>The default is empty: the queues that the registered jobs name in their <see cref="JobAttribute"/>, in alphabetical order.</value>
    public IList<string> Queues { get; set; } = [];

    /// <summary>
    /// How many jobs may wait in the worker, leased but not started, so that short jobs follow each other without a trip to the store.
    /// Other workers cannot take them meanwhile. They have their place in their group and have taken a token of their rate; when they go back unstarted,
    /// the place is free again, and the token is spent. Zero or more.
    /// </summary>
    /// <value>
    /// The default is <see langword="null"/>: it follows the jobs. At first as many as <see cref="Concurrency"/>, then as many as the worker starts in about
    /// 100 ms, at most 200: many while jobs take milliseconds, none while they take half a second or more. When none was started for 1 s, those that wait
    /// go back to the store, uncharged.
    /// </value>
    public int? Prefetch { get; set; }

    /// <summary>
    /// How long the store waits for a sign of life before it gives a job to another worker. The worker renews every third of it, so jobs may run
    /// much longer. At least 1 s: shorter leases are lost to a pause of the process.
    /// </summary>
    /// <value>The default is 30 s.</value>
    public TimeSpan Lease { get; set; } = JobConstants.DefaultLease;

    /// <summary>
    /// How often the worker looks for work without being woken, and for jobs of lost workers. More than zero. The wait for a job is not this long:
    /// stores wake their workers.
    /// </summary>
    /// <value>The default is 1 s.</value>
    public TimeSpan PollInterval { get; set; } = JobConstants.DefaultPollInterval;

    /// <summary>Told what became of each job and whether the store accepted it, once the store has answered. For ProDev.Jobs.Testing.</summary>
    internal Action<JobOutcome, bool>? Settled { get; set; }

    internal IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (Concurrency < 1)
            faults.Add($"WorkerOptions.Concurrency is '{Concurrency}'. Set it to 1 or more.");
        if (Prefetch < 0)
            faults.Add($"WorkerOptions.Prefetch is '{Prefetch}'. Set it to 0 or more.");
        if (Lease < TimeSpan.FromSeconds(1) || Lease > TimeSpan.FromDays(1))
            faults.Add($"WorkerOptions.Lease is '{Lease}'. Set it from 1 second to 1 day.");
        if (PollInterval <= TimeSpan.Zero || PollInterval > TimeSpan.FromDays(1))
            faults.Add($"WorkerOptions.PollInterval is '{PollInterval}'. Set it to more than zero, at most 1 day.");
        if (Queues is null)
            faults.Add("WorkerOptions.Queues is null. Leave it empty to serve the queues of the registered jobs.");
        else
            faults.AddRange(Queues.Where(q => !JobRules.IsName(q)).Select(q => $"WorkerOptions.Queues contains the malformed name '{q}'."));

        return faults;
    }
}
