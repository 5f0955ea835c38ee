namespace ProDev.Retry;

/// <summary>
/// Computes delays: <c>min(maxDelay, baseDelay × factor^(attempt − 1))</c>, then jitter. The product is compared as a floating-point
/// number, where it can only grow to infinity, before it becomes ticks, where it would wrap around.
/// </summary>
internal sealed class BackoffCalculator(RetryOptions options)
{
    private readonly long _baseTicks = options.BaseDelay.Ticks;
    private readonly long _maxTicks = options.MaxDelay.Ticks;
    private readonly double _factor = options.BackoffFactor;
    private readonly Func<double>? _randomizer = options.Jitter == RetryJitter.Full ? options.Randomizer : null;

    /// <summary>Returns the delay after the failed attempt with this number, which is 1 for the first.</summary>
    public TimeSpan After(int attempt)
    {
        if (_baseTicks == 0)
            return TimeSpan.Zero;

        var ticks = _baseTicks * Math.Pow(_factor, attempt - 1);
        var capped = ticks < _maxTicks ? (long)ticks : _maxTicks;
        return TimeSpan.FromTicks(_randomizer is null ? capped : (long)(capped * Fraction(_randomizer())));
    }

    // Written so that NaN becomes 0 as well.
    private static double Fraction(double random) => random > 0 ? Math.Min(random, 1) : 0;
}
