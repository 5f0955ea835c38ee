namespace ProDev.Retry;

/// <summary>"Decorrelated jitter" in Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.</summary>
internal static class DecorrelatedJitter
{
    /// <summary><c>min(max, random between base and previous × 3)</c>; the delay before the first is the base.</summary>
    public static double Next(double baseDelay, double maxDelay, double previous, double random)
    {
        var upper = Math.Max(baseDelay, Math.Max(previous, baseDelay) * 3);
        return Math.Min(maxDelay, baseDelay + (random * (upper - baseDelay)));
    }
}
