namespace ProDev.Jobs.Testing;

/// <summary>Stands before the in-memory store: the worker gets jobs only while a test lets them run, and only as many as it allows.</summary>
internal sealed class JobGate
{
    private readonly Lock _gate = new();
    private readonly MemoryJobStore _store;
    private readonly AttemptLog _log;
    private int _left;

    public JobGate(MemoryJobStore store, AttemptLog log)
    {
        _store = store;
        _log = log;
        store.Gate = Fetch;
    }

    /// <summary>Whether as many jobs were started as were allowed.</summary>
    public bool IsSpent
    {
        get
        {
            lock (_gate)
                return _left == 0;
        }
    }

    public void Open(int maximum)
    {
        lock (_gate)
            _left = maximum;
        _store.Wake();
    }

    /// <summary>When it returns, no job is started any more.</summary>
    public void Close()
    {
        lock (_gate)
            _left = 0;
    }

    /// <summary>
    /// What runs, and how many jobs are ready beside that. Attempts are read first: one that ends has already put its successor into the store. The gate
    /// keeps jobs from being taken in between.
    /// </summary>
    public (IReadOnlyList<Attempt> Running, long Ready) Look(IReadOnlyList<string> queues)
    {
        lock (_gate)
            return (_log.Running, _store.CountReady(queues));
    }

    private IReadOnlyList<LeasedJob> Fetch(FetchRequest request)
    {
        lock (_gate)
        {
            if (_left == 0)
                return [];
            IReadOnlyList<LeasedJob> jobs = _store.Fetch(new FetchRequest
            {
                Queues = request.Queues,
                Maximum = Math.Min(request.Maximum, _left),
                Lease = request.Lease,
                Worker = request.Worker,
            });
            _left -= jobs.Count;
            foreach (LeasedJob job in jobs)
                _log.Fetched(job);
            return jobs;
        }
    }
}
