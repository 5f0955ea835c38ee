namespace ProDev.Jobs;

/// <summary>Jobs that a limit does not let pass.</summary>
internal sealed partial class MemoryJobTable
{
    private readonly MemoryGates _gates = new();
    private int _parkedCount;

    /// <summary>How many groups and buckets are kept.</summary>
    public int GateCount => _gates.Count;

    /// <summary>Returns whether the limits of a ready job let it pass; if not, it is parked.</summary>
    public bool TryPass(MemoryJob job, DateTimeOffset now)
    {
        if (!job.HasLimits || _gates.Obstacle(job, now) is not { } gate)
            return true;
        LeaveQueued(job);
        job.ParkedAt = gate;
        EnterQueued(job);
        return false;
    }

    /// <summary>
    /// Calls parked jobs back for which there is room, and returns how many. To be done after every change, in the same turn of the lock.
    /// </summary>
    public int CallNext(DateTimeOffset now)
    {
        int called = 0;
        foreach (MemoryGate gate in _gates.TakeChanged(now))
        {
            foreach (MemoryJob job in gate.Next(now))
            {
                LeaveQueued(job);
                job.CalledBy = gate;
                gate.Called(job);
                EnterQueued(job);
                called++;
            }

            _gates.Seen(gate, now);
        }

        return called;
    }

    private void EnterQueued(MemoryJob job)
    {
        if (job.ParkedAt is not { } gate)
        {
            ReadyOf(job.Queue).Add(job);
            return;
        }

        gate.Park(job);
        _parkedCount++;
    }

    private void LeaveQueued(MemoryJob job)
    {
        if (job.ParkedAt is { } gate)
        {
            gate.Unpark(job);
            _parkedCount--;
            job.ParkedAt = null;
            _gates.Changed(gate);
            return;
        }

        ReadyOf(job.Queue).Remove(job);
        if (job.CalledBy is not { } caller)
            return;
        caller.Uncalled(job);
        job.CalledBy = null;
        _gates.Changed(caller);
    }
}
