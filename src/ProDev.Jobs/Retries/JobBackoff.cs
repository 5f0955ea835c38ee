namespace ProDev.Jobs;

/// <summary>Computes the wait before the next attempt; see <see cref="JobBackoffOptions"/>.</summary>
internal static class JobBackoff
{
    public static TimeSpan DelayAfter(int attempt, JobBackoffOptions options)
    {
        // Attempt numbers may be large: the power overflows to infinity, and the minimum brings it back to MaxDelay.
        double longest = Math.Min(
            options.MaxDelay.TotalMilliseconds,
            options.BaseDelay.TotalMilliseconds * Math.Pow(options.Factor, attempt - 1));
        double wait = longest * Math.Clamp(options.Randomness(), 0, 1);
        return double.IsNaN(wait) ? TimeSpan.Zero : TimeSpan.FromMilliseconds(wait);
    }
}
