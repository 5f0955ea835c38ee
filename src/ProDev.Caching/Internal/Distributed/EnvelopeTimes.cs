using System.Runtime.InteropServices;

namespace ProDev.Caching.Internal;

/// <summary>The moments of a payload, in milliseconds of Unix time.</summary>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="FreshUntil">When it expires.</param>
/// <param name="KeptUntil">When fail-safe may no longer serve it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EnvelopeTimes(long CreatedAt, long FreshUntil, long KeptUntil)
{
    public static EnvelopeTimes Of(long now, TimeSpan expiration, TimeSpan failSafe)
    {
        var fresh = Add(now, expiration);
        return new EnvelopeTimes(now, fresh, Add(fresh, failSafe));
    }

    /// <summary>How long the store keeps it, from a moment on.</summary>
    public TimeSpan KeptFrom(long now) => Span(KeptUntil - now);

    /// <summary>How long it is still fresh; zero: it has expired. A clock that is behind the writer's never makes that longer than it was.</summary>
    public TimeSpan FreshFrom(long now) => Span(Math.Min(FreshUntil - now, FreshUntil - CreatedAt));

    /// <summary>The moments of what is declared expired now: fail-safe counts from here.</summary>
    public EnvelopeTimes ExpiredAt(long now) => new(CreatedAt, Math.Min(FreshUntil, now), Math.Min(KeptUntil, now + (KeptUntil - FreshUntil)));

    private static TimeSpan Span(long milliseconds) =>
        TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, (long)SecondLevelDefaults.MaximumLifetime.TotalMilliseconds));

    private static long Add(long moment, TimeSpan span)
    {
        var milliseconds = Math.Ceiling(span.TotalMilliseconds);
        return milliseconds >= long.MaxValue - moment ? long.MaxValue : moment + (long)milliseconds;
    }
}
