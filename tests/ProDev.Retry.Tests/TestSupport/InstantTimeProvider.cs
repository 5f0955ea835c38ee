namespace ProDev.Retry.Tests;

/// <summary>A clock on which every timer fires as soon as it is set; it moves by the timer's due time and remembers it.</summary>
internal sealed class InstantTimeProvider : TimeProvider
{
    private long _ticks;

    public List<TimeSpan> Delays { get; } = [];

    /// <summary>How much longer than asked each delay takes.</summary>
    public TimeSpan Lateness { get; init; }

    public int Readings { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        Readings++;
        return _ticks;
    }

    public void Advance(TimeSpan time) => _ticks += time.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Delays.Add(dueTime);
        Advance(dueTime + Lateness);
        callback(state);
        return new FiredTimer();
    }

    private sealed class FiredTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
