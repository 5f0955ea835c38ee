namespace ProDev.Retry.Tests;

internal static class TestPolicies
{
    /// <summary>A policy that does not wait and whose attempts are given.</summary>
    public static RetryPolicy WithoutDelay(int maxAttempts = 3, Action<RetryOptions>? configure = null) => RetryPolicy.Create(o =>
    {
        o.MaxAttempts = maxAttempts;
        o.BaseDelay = TimeSpan.Zero;
        configure?.Invoke(o);
    });

    /// <summary>A policy that waits 1, 2, 4, ... seconds, exactly, on the given clock.</summary>
    public static RetryPolicy WithSeconds(TimeProvider time, int maxAttempts = 3, Action<RetryOptions>? configure = null) =>
        RetryPolicy.Create(o =>
        {
            o.MaxAttempts = maxAttempts;
            o.BaseDelay = TimeSpan.FromSeconds(1);
            o.MaxDelay = TimeSpan.FromMinutes(1);
            o.Jitter = RetryJitter.None;
            o.TimeProvider = time;
            configure?.Invoke(o);
        });
}
