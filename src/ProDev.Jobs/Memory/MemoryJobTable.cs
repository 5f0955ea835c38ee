namespace ProDev.Jobs;

/// <summary>
/// The jobs in memory and the sets that order them: ready per queue, scheduled by time, running, ended by age, dead by id. A job is in
/// exactly the set of its state, or parked at a limit; <see cref="Move"/> is the only way between them. Not safe for concurrent use.
/// </summary>
internal sealed partial class MemoryJobTable
{
    private readonly Dictionary<Guid, MemoryJob> _jobs = [];
    private readonly Dictionary<(string Name, string Key), MemoryJob> _byKey = [];
    private readonly Dictionary<string, SortedSet<MemoryJob>> _ready = new(StringComparer.Ordinal);
    private readonly SortedSet<MemoryJob> _scheduled = new(DueOrder.Instance);
    private readonly HashSet<MemoryJob> _running = [];
    private readonly Queue<MemoryJob> _ended = new();
    private readonly SortedDictionary<Guid, MemoryJob> _dead = [];
    private readonly MemoryUniques _uniques = new();
    private readonly SortedSet<string> _paused = new(StringComparer.Ordinal);
    private int _revokedCount;

    public int Unfinished => _jobs.Count - _ended.Count;

    /// <summary>How many have succeeded or were revoked.</summary>
    public int EndedCount => _ended.Count;

    public IEnumerable<MemoryJob> Running => _running;

    public IEnumerable<string> Paused => _paused;

    public IEnumerable<MemoryJob> Dead => _dead.Values;

    /// <summary>Scheduled, ready and running jobs, in no order.</summary>
    public IEnumerable<MemoryJob> Pending => _scheduled.Concat(_ready.Values.SelectMany(static s => s)).Concat(_gates.Parked).Concat(_running);

    /// <summary>When the next scheduled job is due, or a token comes that a job waits for; <see langword="null"/> when nothing is to come.</summary>
    public DateTimeOffset? NextDue
        => (_scheduled.Min?.RunAt, _gates.NextToken) is ({ } job, { } token) ? (job < token ? job : token) : _scheduled.Min?.RunAt ?? _gates.NextToken;

    public JobCounts Count() => new()
    {
        Scheduled = _scheduled.Count,
        Queued = _parkedCount + _ready.Values.Sum(static s => (long)s.Count),
        Running = _running.Count,
        Succeeded = _ended.Count - _revokedCount,
        Revoked = _revokedCount,
        DeadLettered = _dead.Count,
    };

    public MemoryJob? Find(Guid id) => _jobs.GetValueOrDefault(id);

    public MemoryJob? FindDuplicate(JobEnvelope envelope)
        => Find(envelope.Id) ?? (envelope.IdempotencyKey is { } key ? _byKey.GetValueOrDefault((envelope.Name, key)) : null);

    /// <summary>The job that keeps this one out, if it is unique and one does.</summary>
    public MemoryJob? FindConflict(JobEnvelope envelope, DateTimeOffset now)
        => envelope.Unique is { } unique ? _uniques.FindConflict(envelope.Name, unique, now) : null;

    /// <summary>The job that this lease decides about, or <see langword="null"/> when the lease was superseded.</summary>
    public MemoryJob? Held(JobLease lease)
        => _jobs.TryGetValue(lease.JobId, out MemoryJob? job) && job.State == JobState.Running && job.Token == lease.Token ? job : null;

    public void Add(MemoryJob job, JobState state)
    {
        _jobs.Add(job.Id, job);
        if (job.IdempotencyKey is { } key)
            _byKey.Add((job.Name, key), job);
        job.State = state;
        Enter(job);
    }

    /// <summary>Changes the state, and the time if given. The time orders the sets, so it must not change anywhere else.</summary>
    public void Move(MemoryJob job, JobState state, DateTimeOffset? runAt = null)
    {
        Leave(job);
        job.State = state;
        job.RunAt = runAt ?? job.RunAt;
        Enter(job);
    }

    /// <summary>Makes a waiting job another one. What orders the sets must not change anywhere else.</summary>
    public void Replace(MemoryJob job, JobEnvelope envelope, JobState state, DateTimeOffset runAt)
    {
        Leave(job);
        job.Become(envelope);
        job.State = state;
        job.RunAt = runAt;
        Enter(job);
    }

    public void RemoveDead(MemoryJob job)
    {
        Leave(job);
        Forget(job);
    }

    public void RemoveOldestEnded()
    {
        MemoryJob job = _ended.Dequeue();
        if (job.State == JobState.Revoked)
            _revokedCount--;
        Forget(job);
    }

    public MemoryJob? OldestEnded() => _ended.TryPeek(out MemoryJob? job) ? job : null;

    public MemoryJob? FirstReady(string queue)
        => !_paused.Contains(queue) && _ready.TryGetValue(queue, out SortedSet<MemoryJob>? set) ? set.Min : null;

    public MemoryJob? FindReady(string queue, Guid id)
        => !_paused.Contains(queue) && Find(id) is { State: JobState.Queued, ParkedAt: null } job && job.Queue == queue ? job : null;

    public bool Pause(string queue) => _paused.Add(queue);

    public bool Resume(string queue) => _paused.Remove(queue);

    public long CountReady(string queue)
        => !_paused.Contains(queue) && _ready.TryGetValue(queue, out SortedSet<MemoryJob>? set) ? set.Count : 0;

    /// <summary>Makes every scheduled job ready whose time has come, and every parked one whose token has. Returns how many parked ones.</summary>
    public int Promote(DateTimeOffset now)
    {
        while (_scheduled.Min is { } job && job.RunAt <= now)
            Move(job, JobState.Queued);
        return CallNext(now);
    }

    private void Enter(MemoryJob job)
    {
        _uniques.Enter(job);
        switch (job.State)
        {
            case JobState.Scheduled: _scheduled.Add(job); break;
            case JobState.Queued: EnterQueued(job); break;
            case JobState.Running: _running.Add(job); _gates.CountRunning(job, 1); break;
            case JobState.Succeeded: _ended.Enqueue(job); break;
            case JobState.Revoked: _ended.Enqueue(job); _revokedCount++; break;
            default: _dead.Add(job.Id, job); break;
        }
    }

    private void Leave(MemoryJob job)
    {
        _uniques.Leave(job);
        switch (job.State)
        {
            case JobState.Scheduled: _scheduled.Remove(job); break;
            case JobState.Queued: LeaveQueued(job); break;
            case JobState.Running: _running.Remove(job); _gates.CountRunning(job, -1); break;
            default: _dead.Remove(job.Id); break;
        }
    }

    private void Forget(MemoryJob job)
    {
        _jobs.Remove(job.Id);
        _uniques.Leave(job);
        if (job.IdempotencyKey is { } key)
            _byKey.Remove((job.Name, key));
    }

    private SortedSet<MemoryJob> ReadyOf(string queue)
    {
        if (!_ready.TryGetValue(queue, out SortedSet<MemoryJob>? set))
            _ready.Add(queue, set = new SortedSet<MemoryJob>(ReadyOrder.Instance));
        return set;
    }
}
