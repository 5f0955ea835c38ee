namespace ProDev.Jobs;

/// <summary>What ProDev.Jobs.Testing asks beyond the seam, answered at once.</summary>
internal sealed partial class MemoryJobStore
{
    /// <summary>Answers each fetch in place of <see cref="Fetch"/>, if it is set.</summary>
    public Func<FetchRequest, IReadOnlyList<LeasedJob>>? Gate { get; set; }

    /// <summary>When the next scheduled job is due; <see langword="null"/> when none is scheduled. It may lie in the past.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_lock)
                return _table.NextDue;
        }
    }

    /// <summary>How many jobs could be fetched from these queues now, those included that have just become due.</summary>
    public long CountReady(IReadOnlyList<string> queues)
    {
        lock (_lock)
        {
            _table.Promote(time.GetUtcNow());
            return queues.Sum(_table.CountReady);
        }
    }

    /// <summary>Everything that still has to run or is running, in the order of arrival.</summary>
    public IReadOnlyList<JobInfo> ListPending()
    {
        lock (_lock)
            return [.. _table.Pending.OrderBy(static j => j.Number).Select(static j => j.ToInfo())];
    }

    /// <summary>All dead letters, by id.</summary>
    public IReadOnlyList<JobInfo> ListDead()
    {
        lock (_lock)
            return [.. _table.Dead.Select(static j => j.ToInfo())];
    }

    /// <summary>How many groups and buckets are kept.</summary>
    public int GateCount
    {
        get
        {
            lock (_lock)
                return _table.GateCount;
        }
    }

    /// <summary>Makes workers look for jobs: the clock was moved, or they may claim again.</summary>
    public void Wake() => _signal.Pulse();
}
