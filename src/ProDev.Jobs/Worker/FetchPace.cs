namespace ProDev.Jobs;

/// <summary>
/// How many jobs may wait in the worker: <see cref="WorkerOptions.Prefetch"/>, or as many as it has lately started in a moment. Safe for concurrent use; of
/// two measurements at the same instant one may be lost.
/// </summary>
internal sealed class FetchPace(WorkerOptions options, TimeProvider time)
{
    /// <summary>How long jobs shall wait in the worker: much longer than a claim takes, and short enough for other workers not to miss them.</summary>
    private const long WindowTicks = 100 * TimeSpan.TicksPerMillisecond;

    /// <summary>A larger claim costs no less per job.</summary>
    private const int Longest = 200;

    /// <summary>One long job among short ones changes the mean a little; short ones after long ones soon do. Too many is put right after <see cref="Stall"/>.</summary>
    private const int InertiaUp = 8;

    private const int InertiaDown = 2;

    /// <summary>After so long without a start, waiting jobs are given back. Nothing that takes longer changes what is right.</summary>
    public static readonly TimeSpan Stall = TimeSpan.FromSeconds(1);

    /// <summary>From here on none wait. Below the cap of a measurement, which a mean of integers only comes near.</summary>
    private static readonly long LongTicks = Stall.Ticks / 2;

    /// <summary>Of timers.</summary>
    private static readonly TimeSpan MinWait = TimeSpan.FromMilliseconds(1);

    private long _meanTicks = -1;
    private long _movedAt = time.GetTimestamp();

    /// <summary>Whether it changes with the jobs.</summary>
    public bool IsAdaptive => options.Prefetch is null;

    /// <summary>Whether waiting jobs, if there are any, are better off elsewhere.</summary>
    public bool IsStalled => IsAdaptive && time.GetElapsedTime(Volatile.Read(ref _movedAt)) >= Stall;

    /// <summary>How long it takes until waiting jobs are better off elsewhere if none is started; at least 1 ms.</summary>
    public TimeSpan UntilStalled
    {
        get
        {
            TimeSpan left = Stall - time.GetElapsedTime(Volatile.Read(ref _movedAt));
            return left > MinWait ? left : MinWait;
        }
    }

    /// <summary>How many jobs may wait.</summary>
    public int QueueLength
    {
        get
        {
            if (options.Prefetch is { } fixedLength)
                return fixedLength;
            long mean = Volatile.Read(ref _meanTicks);
            if (mean < 0)
                return options.Concurrency;
            return mean >= LongTicks ? 0 : (int)Math.Min(Longest, options.Concurrency * WindowTicks / Math.Max(mean, 1));
        }
    }

    /// <summary>At this timestamp a job was started, or jobs came.</summary>
    public void Moved(long timestamp) => Volatile.Write(ref _movedAt, timestamp);

    /// <summary>An attempt has taken so long.</summary>
    public void Ran(TimeSpan taken)
    {
        long ticks = Math.Min(taken.Ticks, Stall.Ticks);
        long mean = Volatile.Read(ref _meanTicks);
        Volatile.Write(ref _meanTicks, mean < 0 ? ticks : mean + ((ticks - mean) / (ticks > mean ? InertiaUp : InertiaDown)));
    }

    /// <summary>Waiting jobs were given back: until some have run, no more are claimed than can be started.</summary>
    public void Stalled() => Volatile.Write(ref _meanTicks, Stall.Ticks);
}
