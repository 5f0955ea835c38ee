using Microsoft.Extensions.Options;

namespace ProDev.Jobs.Testing;

/// <summary>The in-memory store behind a gate: the worker gets jobs only while a test lets them run, and only as many as it allows.</summary>
internal sealed class GatedJobStore(IOptions<MemoryJobsOptions> options, TimeProvider time, AttemptLog log) : MemoryJobStore(options, time)
{
    private readonly Lock _gate = new();
    private int _left;

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
        Wake();
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
            return (log.Running, CountReady(queues));
    }

    protected override IReadOnlyList<LeasedJob> Fetch(FetchRequest request)
    {
        lock (_gate)
        {
            if (_left == 0)
                return [];
            IReadOnlyList<LeasedJob> jobs = base.Fetch(new FetchRequest
            {
                Queues = request.Queues,
                Maximum = Math.Min(request.Maximum, _left),
                Lease = request.Lease,
                Worker = request.Worker,
            });
            _left -= jobs.Count;
            foreach (LeasedJob job in jobs)
                log.Fetched(job);
            return jobs;
        }
    }
}
