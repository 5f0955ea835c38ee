namespace ProDev.Caching.Internal;

/// <summary>
/// Monotonic milliseconds. For the system's own time they are its tick counter, which costs a fourth of a timestamp; any other
/// <see cref="TimeProvider"/> is asked each time.
/// </summary>
internal sealed class CacheClock
{
    /// <summary>The moment that never comes.</summary>
    public const long Never = long.MaxValue;

    private readonly bool _isSystem;
    private readonly long _start;

    public CacheClock(TimeProvider provider)
    {
        Provider = provider;
        _isSystem = provider == TimeProvider.System;
        _start = provider.GetTimestamp();
    }

    /// <summary>For timers, timeouts and the time of day.</summary>
    public TimeProvider Provider { get; }

    // RS0030: this is where the system's TimeProvider is read; the caller chose it, and a test passes another.
#pragma warning disable RS0030
    public long Now => _isSystem ? Environment.TickCount64 : (long)Provider.GetElapsedTime(_start).TotalMilliseconds;
#pragma warning restore RS0030

    /// <summary>Now, or a moment just before: what a hit compares with. See <see cref="CoarseTicks"/>.</summary>
    public long Recent => _isSystem ? CoarseTicks.System.Recent : Now;

    /// <summary>The moment that lies <paramref name="time"/> after another, rounded up; <see cref="Never"/> when out of range.</summary>
    public static long Add(long moment, TimeSpan time)
    {
        var milliseconds = Math.Ceiling(time.TotalMilliseconds);
        return milliseconds >= Never - moment ? Never : moment + (long)milliseconds;
    }
}
