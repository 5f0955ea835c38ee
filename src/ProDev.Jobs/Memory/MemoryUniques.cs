namespace ProDev.Jobs;

/// <summary>The unique jobs by key, those first that are in the way first. A job leaves before its state changes. Not safe for concurrent use.</summary>
internal sealed class MemoryUniques
{
    private readonly Dictionary<(string Name, string Key), SortedSet<MemoryJob>> _byKey = [];

    public void Enter(MemoryJob job)
    {
        if (job.UniqueKey is not { } key)
            return;
        if (!_byKey.TryGetValue((job.Name, key), out SortedSet<MemoryJob>? jobs))
            _byKey.Add((job.Name, key), jobs = new SortedSet<MemoryJob>(ConflictOrder.Instance));
        jobs.Add(job);
    }

    public void Leave(MemoryJob job)
    {
        if (job.UniqueKey is { } key && _byKey.TryGetValue((job.Name, key), out SortedSet<MemoryJob>? jobs) && jobs.Remove(job) && jobs.Count == 0)
            _byKey.Remove((job.Name, key));
    }

    /// <summary>The job that is in the way of a new one, if any is.</summary>
    public MemoryJob? FindConflict(string name, JobUniqueKey unique, DateTimeOffset now)
    {
        if (!_byKey.TryGetValue((name, unique.Key), out SortedSet<MemoryJob>? jobs))
            return null;
        foreach (MemoryJob job in jobs)
        {
            bool isRecent = unique.Period is not { } period || now - job.EnqueuedAt < period;
            if (isRecent && unique.Covers(job.StateAt(now)))
                return job;

            // Of those that have ended, of which there may be many, the latest come first.
            if (job.HasEnded && (!isRecent || (unique.States & ~JobUniqueStates.Unfinished) == JobUniqueStates.None))
                return null;
        }

        return null;
    }
}
