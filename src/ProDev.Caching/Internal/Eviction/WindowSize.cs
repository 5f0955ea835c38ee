namespace ProDev.Caching.Internal;

/// <summary>
/// Divides the limit between the window and the main space, so that a little more of either would answer as many reads. What
/// tells is seen by writers only, so hits pay nothing for it.
/// 1. A key comes back that the main space turned away a short while ago: a window larger by <see cref="Reach"/> would have
///    kept it. The window grows.
/// 2. An entry on probation is found to have been read: that is what a smaller main space would lose. The window shrinks, by
///    the part of those on probation that a main space smaller by <see cref="Reach"/> could not keep. Half of that: those that
///    would go first are read less than the mean.
/// A step is as large as the mean entry, however heavy the one that was read: a hit is a hit. That the misses alone can tell, and that each of them is a step, is from Megiddo and
/// Modha, "ARC: A Self-Tuning, Low Overhead Replacement Cache" (FAST 2003); that a window that adapts serves W-TinyLFU on
/// traffic where recency counts, from Einziger, Eytan, Friedman and Manes, "Adaptive Software Cache Management" (Middleware
/// 2018), which climbs by the hit ratio instead.
/// Not safe for several threads.
/// </summary>
/// <param name="limit">The most window and main space may hold together. At least 1.</param>
internal sealed class WindowSize(long limit)
{
    private const int LeastPart = 100;
    private const int MainPart = 5;
    private const int ReachPart = 20;
    private const double WorthOfMarginal = 0.5;

    private readonly long _least = Math.Max(1, limit / LeastPart);

    // With a fraction: most steps down are smaller than an entry.
    private double _window = Math.Max(1, limit / LeastPart);

    /// <summary>The most the window may hold: from a hundredth to four fifths of the limit, and at least 1.</summary>
    /// <remarks>Compared once more: as a floating-point number, a large limit may be rounded up.</remarks>
    public long Window => Math.Min((long)_window, Most);

    /// <summary>The most the main space may hold: the rest.</summary>
    public long Main => limit - Window;

    /// <summary>The change of size that is weighed up: a twentieth of the main space.</summary>
    public long Reach => Math.Max(1, Main / ReachPart);

    private long Most => Math.Max(_least, limit - Math.Max(1, limit / MainPart));

    /// <summary>A larger window would have answered a read.</summary>
    /// <param name="step">What the mean entry counts for.</param>
    public void Grow(long step) => Set(_window + step);

    /// <summary>An entry on probation was read.</summary>
    /// <param name="step">What the mean entry counts for.</param>
    /// <param name="reads">How often.</param>
    /// <param name="probation">What all entries on probation count for together.</param>
    public void Shrink(long step, int reads, long probation) => Set(_window - (WorthOfMarginal * reads * step * Reach / probation));

    /// <summary>Gives the main space room for an entry that fits neither space, as far as that is possible.</summary>
    /// <param name="weight">What it counts for.</param>
    public void LetMainHold(long weight) => Set(Math.Min(_window, limit - weight));

    private void Set(double window) => _window = Math.Clamp(window, _least, Most);
}
