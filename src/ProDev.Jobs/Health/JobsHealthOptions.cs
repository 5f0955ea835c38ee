namespace ProDev.Jobs;

/// <summary>What the health check of the jobs still takes for healthy. Only looked at for a store that can be queried.</summary>
public sealed class JobsHealthOptions
{
    /// <summary>With more dead letters than this the check reports degraded. Zero or more.</summary>
    /// <value>The default is <see langword="null"/>: any number.</value>
    public long? MaxDeadLetters { get; set; }

    /// <summary>
    /// With more jobs than this that are ready and not yet taken by a worker, the check reports degraded. Jobs that wait for their time do not count.
    /// Zero or more.
    /// </summary>
    /// <value>The default is <see langword="null"/>: any number.</value>
    public long? MaxQueued { get; set; }

    internal IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (MaxDeadLetters < 0)
            faults.Add($"JobsHealthOptions.MaxDeadLetters is '{MaxDeadLetters}'. Set it to 0 or more, or to null for any number.");
        if (MaxQueued < 0)
            faults.Add($"JobsHealthOptions.MaxQueued is '{MaxQueued}'. Set it to 0 or more, or to null for any number.");
        return faults;
    }
}
