using System.Collections.Concurrent;
using ProDev.Shared.Waking;

namespace ProDev.Jobs;

/// <summary>All jobs that a worker holds, and the signal that there is room for more. Safe for concurrent use.</summary>
internal sealed class HeldJobs
{
    private readonly ConcurrentDictionary<JobLease, HeldJob> _held = new();
    private readonly WorkSignal _changed = new();

    public int Count => _held.Count;

    public IReadOnlyList<HeldJob> Snapshot() => [.. _held.Values];

    /// <summary>Ends at the next change that may make room.</summary>
    public Task Changed => _changed.Next;

    public void Add(HeldJob job) => _held.TryAdd(job.Lease, job);

    public void Remove(HeldJob job)
    {
        if (_held.TryRemove(job.Lease, out _))
            job.Dispose();
        _changed.Pulse();
    }

    /// <summary>Says that a job left the local queue.</summary>
    public void PulseRoom() => _changed.Pulse();
}
