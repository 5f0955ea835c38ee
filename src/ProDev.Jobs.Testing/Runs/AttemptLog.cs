using Microsoft.Extensions.Options;
using ProDev.Shared.Waking;

namespace ProDev.Jobs.Testing;

/// <summary>What runs and what ran. Safe for concurrent use.</summary>
internal sealed class AttemptLog(JobRegistry registry, JobUpcasters upcasters, IOptions<JobsOptions> options, VirtualClock clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<JobLease, Attempt> _running = [];
    private readonly List<JobTestRun> _ended = [];
    private readonly WorkSignal _changed = new();

    /// <summary>Ends at the next change that may leave nothing to do.</summary>
    public Task Changed => _changed.Next;

    public IReadOnlyList<JobTestRun> Ended
    {
        get
        {
            lock (_lock)
                return [.. _ended];
        }
    }

    public IReadOnlyList<Attempt> Running
    {
        get
        {
            lock (_lock)
                return [.. _running.Values];
        }
    }

    public void Fetched(LeasedJob job)
    {
        TimeSpan? limit = registry.TryFind(job.Envelope.Name, out JobBinding? binding) ? binding.Definition.HardTimeLimit : null;
        lock (_lock)
            _running.Add(job.Lease, new Attempt(job, clock.GetUtcNow(), limit, _changed.Pulse));
    }

    /// <summary>The job is about to run. Its arguments are read once more, so that a job that changes its own does not change the record.</summary>
    public Attempt Started(JobContext context)
    {
        Attempt attempt;
        lock (_lock)
            attempt = _running.Values.First(a => a.Job.Envelope.Id == context.Id && a.Job.Lease.Token == context.LeaseToken);
        JobEnvelope envelope = attempt.Job.Envelope;
        if (registry.TryFind(envelope.Name, out JobBinding? binding))
        {
            ReadOnlyMemory<byte> payload = upcasters.Upcast(binding.Definition, envelope, options.Value.SerializerOptions);
            attempt.Args = binding.ReadArguments(payload, options.Value.SerializerOptions);
        }

        attempt.Context = context;
        return attempt;
    }

    public void Settled(JobOutcome outcome, bool isAccepted)
    {
        lock (_lock)
        {
            if (_running.Remove(outcome.Job.Lease, out Attempt? attempt) && isAccepted)
                _ended.Add(JobTestRun.Of(attempt, outcome, clock.GetUtcNow()));
        }

        _changed.Pulse();
    }
}
