namespace ProDev.Jobs.Testing;

/// <summary>A timer of a <see cref="VirtualClock"/>, which owns all that changes here.</summary>
internal sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state, Attempt? attempt, long number) : ITimer
{
    /// <summary>The earlier one first, then the one created first.</summary>
    public static IComparer<VirtualTimer> Order { get; } = Comparer<VirtualTimer>.Create(static (x, y) =>
    {
        int order = x.Due.CompareTo(y.Due);
        return order != 0 ? order : x._number.CompareTo(y._number);
    });

    private readonly long _number = number;

    /// <summary>The attempt that waits for it.</summary>
    public Attempt? Attempt { get; } = attempt;

    public DateTimeOffset Due { get; set; }

    public TimeSpan Period { get; set; }

    public bool IsDisposed { get; set; }

    public void Fire() => callback(state);

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        CheckNotNegative(dueTime, nameof(dueTime));
        CheckNotNegative(period, nameof(period));
        return clock.Schedule(this, dueTime == Timeout.InfiniteTimeSpan ? null : dueTime, period);
    }

    public void Dispose() => clock.Schedule(this, dueTime: null, Timeout.InfiniteTimeSpan, disposes: true);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static void CheckNotNegative(TimeSpan value, string name)
    {
        if (value < TimeSpan.Zero && value != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(name, value, $"The time '{value}' is negative. Set it to zero or more, or to Timeout.InfiniteTimeSpan.");
    }
}
