using System.Runtime.InteropServices;

namespace ProDev.Caching.Internal;

/// <summary>The moments of an entry's life, on the cache's clock.</summary>
/// <param name="ExpiresAt">From here on it is stale.</param>
/// <param name="StaleFor">For so many milliseconds after it has expired fail-safe may serve it; 0 without fail-safe.</param>
/// <param name="RefreshAt">From here on a reader refreshes it; <see cref="CacheClock.Never"/> if none does.</param>
/// <param name="Sliding">After so many milliseconds without a reader it is stale; 0: never for that reason.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EntryTimes(long ExpiresAt, long StaleFor, long RefreshAt, long Sliding)
{
    /// <summary>The times of a value that is fresh for <paramref name="fresh"/> from now.</summary>
    public static EntryTimes From(CacheClock clock, EntrySettings settings, TimeSpan fresh, Func<double> random)
    {
        if (settings.JitterMaxDuration > TimeSpan.Zero && fresh < TimeSpan.MaxValue - settings.JitterMaxDuration)
            fresh += settings.JitterMaxDuration * random();
        var now = clock.Now;
        var expiresAt = CacheClock.Add(now, fresh);
        return new EntryTimes(
            expiresAt,
            CacheClock.Add(0, settings.FailSafeMaxDuration),
            settings.EagerRefreshThreshold is { } threshold && expiresAt != CacheClock.Never ? CacheClock.Add(now, fresh * threshold) : CacheClock.Never,
            settings.SlidingExpiration is { } sliding ? Math.Max(1, CacheClock.Add(0, sliding)) : 0);
    }
}
