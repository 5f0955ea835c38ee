namespace ProDev.Jobs;

/// <summary>A token bucket.</summary>
internal sealed class MemoryBucket(string key) : MemoryGate(key)
{
    private long _latest;
    private JobRateBucket _bucket;

    /// <summary>When it must be looked at: the next token comes for jobs that are parked, or nobody needs it any more.</summary>
    public DateTimeOffset? LookAt { get; set; }

    /// <summary>The rate of the job that arrived last counts.</summary>
    public void Learn(MemoryJob job, DateTimeOffset now)
    {
        if (job.Number >= _latest)
        {
            _latest = job.Number;
            _bucket = _bucket with { Interval = job.Rate!.Interval, Burst = job.Rate.Burst };
        }

        _bucket = _bucket.AtMostEmpty(now);
    }

    public void Take(DateTimeOffset now) => _bucket = _bucket.Take(now);

    public override int Room(DateTimeOffset now) => _bucket.Available(now);

    public override bool IsIdle(DateTimeOffset now) => HasNobody && now >= _bucket.FullAt;

    public DateTimeOffset? NextLook(DateTimeOffset now) => HasParked ? _bucket.NextAt(now) : _bucket.FullAt;
}
