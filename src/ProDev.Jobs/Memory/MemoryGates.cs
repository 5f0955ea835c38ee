namespace ProDev.Jobs;

/// <summary>All groups and buckets that somebody needs. Not safe for concurrent use.</summary>
internal sealed class MemoryGates
{
    private readonly Dictionary<string, MemoryGroup> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MemoryBucket> _buckets = new(StringComparer.Ordinal);
    private readonly SortedSet<MemoryBucket> _looks = new(LookOrder.Instance);
    private readonly HashSet<MemoryGate> _changed = [];

    /// <summary>How many are kept.</summary>
    public int Count => _groups.Count + _buckets.Count;

    public IEnumerable<MemoryJob> Parked => _groups.Values.Concat<MemoryGate>(_buckets.Values).SelectMany(static g => g.Parked);

    /// <summary>When the next token comes for a job that is parked.</summary>
    public DateTimeOffset? NextToken => _looks.FirstOrDefault(static b => b.HasParked)?.LookAt;

    /// <summary>Lets a job pass, or names the limit that does not.</summary>
    public MemoryGate? Obstacle(MemoryJob job, DateTimeOffset now)
    {
        MemoryGroup? group = job.Group is null ? null : GroupOf(job);
        MemoryBucket? bucket = job.Rate is null ? null : BucketOf(job, now);
        if (group is not null)
            Changed(group);
        if (bucket is not null)
            Changed(bucket);
        if (group?.Room(now) <= 0)
            return group;
        if (bucket?.Room(now) <= 0)
            return bucket;
        bucket?.Take(now);
        return null;
    }

    /// <summary>A job of a group runs (1), or no more (-1).</summary>
    public void CountRunning(MemoryJob job, int change)
    {
        if (job.Group is null)
            return;
        MemoryGroup group = _groups[job.Group.Key];
        group.Running += change;
        Changed(group);
    }

    public void Changed(MemoryGate gate) => _changed.Add(gate);

    /// <summary>The limits that may let more jobs pass than before, each once.</summary>
    public IReadOnlyList<MemoryGate> TakeChanged(DateTimeOffset now)
    {
        while (_looks.Min is { } due && due.LookAt <= now)
        {
            _looks.Remove(due);
            due.LookAt = null;
            _changed.Add(due);
        }

        if (_changed.Count == 0)
            return [];
        MemoryGate[] changed = [.. _changed];
        _changed.Clear();
        return changed;
    }

    /// <summary>Plans the next look, or forgets the limit.</summary>
    public void Seen(MemoryGate gate, DateTimeOffset now)
    {
        if (gate is MemoryGroup && gate.IsIdle(now))
            _groups.Remove(gate.Key);
        if (gate is not MemoryBucket bucket)
            return;
        if (bucket.LookAt is not null)
            _looks.Remove(bucket);
        bucket.LookAt = bucket.IsIdle(now) ? null : bucket.NextLook(now);
        if (bucket.LookAt is not null)
            _looks.Add(bucket);
        else if (bucket.IsIdle(now))
            _buckets.Remove(bucket.Key);
    }

    private MemoryGroup GroupOf(MemoryJob job)
    {
        if (!_groups.TryGetValue(job.Group!.Key, out MemoryGroup? group))
            _groups.Add(job.Group.Key, group = new MemoryGroup(job.Group.Key));
        group.Learn(job);
        return group;
    }

    private MemoryBucket BucketOf(MemoryJob job, DateTimeOffset now)
    {
        if (!_buckets.TryGetValue(job.RateKey, out MemoryBucket? bucket))
            _buckets.Add(job.RateKey, bucket = new MemoryBucket(job.RateKey));
        bucket.Learn(job, now);
        return bucket;
    }
}
