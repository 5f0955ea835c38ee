namespace ProDev.Jobs;

/// <summary>
/// A limit, and the jobs that wait for it. A job that it does not let pass is parked here, by queue; when it has room, the first ones are called back among
/// the ready jobs, as many of each queue as there is room for, so that a queue that is paused or not served holds up no other. Not safe for
/// concurrent use.
/// </summary>
internal abstract class MemoryGate(string key)
{
    private readonly Dictionary<string, SortedSet<MemoryJob>> _parked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<MemoryJob>> _called = new(StringComparer.Ordinal);

    public string Key { get; } = key;

    public IEnumerable<MemoryJob> Parked => _parked.Values.SelectMany(static s => s);

    public bool HasParked => _parked.Count > 0;

    /// <summary>Whether nobody would miss it.</summary>
    public abstract bool IsIdle(DateTimeOffset now);

    /// <summary>How many jobs it lets pass now.</summary>
    public abstract int Room(DateTimeOffset now);

    public void Park(MemoryJob job) => Add(_parked, job);

    public void Unpark(MemoryJob job) => Remove(_parked, job);

    /// <summary>A job that it called is among the ready ones.</summary>
    public void Called(MemoryJob job) => Add(_called, job);

    /// <summary>A job that it called is no more among the ready ones.</summary>
    public void Uncalled(MemoryJob job) => Remove(_called, job);

    /// <summary>
    /// The parked jobs for which there is room beside those that were called before and go first. Others that were called have to wait: it is the first ones
    /// that get the room.
    /// </summary>
    public IReadOnlyList<MemoryJob> Next(DateTimeOffset now)
    {
        int room = HasParked ? Room(now) : 0;
        return room <= 0 ? [] : [.. _parked.SelectMany(q => First(q.Value, _called.GetValueOrDefault(q.Key), room))];
    }

    protected bool HasNobody => _parked.Count == 0 && _called.Count == 0;

    /// <summary>Those that are parked among the first of both.</summary>
    private static IEnumerable<MemoryJob> First(SortedSet<MemoryJob> parked, SortedSet<MemoryJob>? called, int room)
    {
        if (called is null || ReadyOrder.Instance.Compare(called.Max, parked.Min) < 0)
            return parked.Take(room - (called?.Count ?? 0));
        return parked.Take(room).Concat(called.Take(room)).Order(ReadyOrder.Instance).Take(room).Where(parked.Contains);
    }

    private static void Add(Dictionary<string, SortedSet<MemoryJob>> jobs, MemoryJob job)
    {
        if (!jobs.TryGetValue(job.Queue, out SortedSet<MemoryJob>? set))
            jobs.Add(job.Queue, set = new SortedSet<MemoryJob>(ReadyOrder.Instance));
        set.Add(job);
    }

    private static void Remove(Dictionary<string, SortedSet<MemoryJob>> jobs, MemoryJob job)
    {
        SortedSet<MemoryJob> set = jobs[job.Queue];
        set.Remove(job);
        if (set.Count == 0)
            jobs.Remove(job.Queue);
    }
}
