namespace ProDev.Retry;

/// <summary>Monotonic time since the clock was created, for what keeps a state from one call to the next.</summary>
internal sealed class MonotonicClock(TimeProvider time)
{
    private readonly bool _isSystem = ReferenceEquals(time, TimeProvider.System);
    private readonly long _origin = time.GetTimestamp();

    /// <summary>Ticks of a <see cref="TimeSpan"/>; for breaks and leases.</summary>
    public long Now => time.GetElapsedTime(_origin).Ticks;

    /// <summary>Milliseconds since some moment, in steps of up to 16, at a tenth of the cost; for slices of a window, which are much longer.</summary>
    // RS0030: this is where the system's TimeProvider is read; the caller chose it, and a test passes another.
#pragma warning disable RS0030
    public long CoarseMilliseconds => _isSystem ? Environment.TickCount64 : Now / TimeSpan.TicksPerMillisecond;
#pragma warning restore RS0030
}
