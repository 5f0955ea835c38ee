namespace ProDev.Jobs;

/// <summary>
/// A limit, and the jobs that wait for it. A job that it does not let pass is parked here, by queue; when it has room, the first ones are called back among
/// the ready jobs, as many of each queue as there is room for, so that a queue that is paused or not served holds up no other. Not safe for
/// concurrent use.
/// </summary>
internal abstract class MemoryGate(string key)
{
    private readonly Dictionary<string, SortedSet<MemoryJob>> _parked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _called = new(StringComparer.Ordinal);

    public string Key { get; } = key;

    public IEnumerable<MemoryJob> Parked => _parked.Values.SelectMany(static s => s);

    public bool HasParked => _parked.Count > 0;

    /// <summary>Whether nobody would miss it.</summary>
    public abstract bool IsIdle(DateTimeOffset now);

    /// <summary>How many jobs it lets pass now.</summary>
    public abstract int Room(DateTimeOffset now);

    public void Park(MemoryJob job)
    {
        if (!_parked.TryGetValue(job.Queue, out SortedSet<MemoryJob>? set))
            _parked.Add(job.Queue, set = new SortedSet<MemoryJob>(ReadyOrder.Instance));
        set.Add(job);
    }

    public void Unpark(MemoryJob job)
    {
        SortedSet<MemoryJob> set = _parked[job.Queue];
        set.Remove(job);
        if (set.Count == 0)
            _parked.Remove(job.Queue);
    }

    /// <summary>A job that it called is among the ready ones (1), or no more (-1).</summary>
    public void CountCalled(MemoryJob job, int change)
    {
        int called = _called.GetValueOrDefault(job.Queue) + change;
        if (called == 0)
            _called.Remove(job.Queue);
        else
            _called[job.Queue] = called;
    }

    /// <summary>The parked jobs for which there is room beside those that were called already.</summary>
    public IReadOnlyList<MemoryJob> Next(DateTimeOffset now)
    {
        int room = HasParked ? Room(now) : 0;
        return room <= 0 ? [] : [.. _parked.SelectMany(q => q.Value.Take(room - _called.GetValueOrDefault(q.Key)))];
    }

    protected bool HasNobody => _parked.Count == 0 && _called.Count == 0;
}
