namespace ProDev.Caching.Internal;

/// <summary>
/// Monotonic milliseconds. Every hit reads it, so for the system's own time it is the coarse tick counter, which costs a
/// tenth of a timestamp; any other <see cref="TimeProvider"/> is asked each time.
/// </summary>
internal sealed class CacheClock
{
    /// <summary>The moment that never comes.</summary>
    public const long Never = long.MaxValue;

    private readonly TimeProvider? _provider;
    private readonly long _start;

    public CacheClock(TimeProvider provider)
    {
        if (provider == TimeProvider.System)
            return;
        _provider = provider;
        _start = provider.GetTimestamp();
    }

    // RS0030: this is where the system's TimeProvider is read; the caller chose it, and a test passes another.
#pragma warning disable RS0030
    public long Now => _provider is null ? Environment.TickCount64 : (long)_provider.GetElapsedTime(_start).TotalMilliseconds;
#pragma warning restore RS0030

    /// <summary>The moment that lies <paramref name="lifetime"/> ahead, rounded up; <see cref="Never"/> when out of range.</summary>
    public long After(TimeSpan lifetime)
    {
        var now = Now;
        var milliseconds = Math.Ceiling(lifetime.TotalMilliseconds);
        return milliseconds >= Never - now ? Never : now + (long)milliseconds;
    }
}
