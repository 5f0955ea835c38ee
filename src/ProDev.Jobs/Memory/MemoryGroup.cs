namespace ProDev.Jobs;

/// <summary>A group, of which only some jobs may run at the same time.</summary>
internal sealed class MemoryGroup(string key) : MemoryGate(key)
{
    private long _latest;

    private int _limit;

    public int Running { get; set; }

    /// <summary>The limit of the job that arrived last counts.</summary>
    public void Learn(MemoryJob job)
    {
        if (job.Number >= _latest)
            (_latest, _limit) = (job.Number, job.Group!.Limit);
    }

    public override int Room(DateTimeOffset now) => _limit - Running;

    public override bool IsIdle(DateTimeOffset now) => Running == 0 && HasNobody;
}
