namespace ProDev.Jobs;

/// <summary>
/// How long a failed job waits for its next attempt: exponential with full jitter. After attempt <c>n</c> the wait is a random part
/// of <c>min(MaxDelay, BaseDelay * Factor^(n-1))</c>. With the defaults: up to 1, 2, 4, 8 s, ... and never more than 5 min.
/// </summary>
public sealed class JobBackoffOptions
{
    /// <summary>The longest wait after the first attempt. Zero retries at once, always.</summary>
    /// <value>The default is 1 s.</value>
    public TimeSpan BaseDelay { get; set; } = JobConstants.DefaultBaseDelay;

    /// <summary>The longest wait of all; at least <see cref="BaseDelay"/>.</summary>
    /// <value>The default is 5 min.</value>
    public TimeSpan MaxDelay { get; set; } = JobConstants.DefaultMaxDelay;

    /// <summary>By what the longest wait grows from attempt to attempt; at least 1.</summary>
    /// <value>The default is 2.</value>
    public double Factor { get; set; } = 2;

    /// <summary>The source of jitter: returns numbers from 0 up to but not including 1. Called from several threads.</summary>
    /// <value>The default is <see cref="Random.Shared"/>.</value>
    public Func<double> Randomness { get; set; } = static () => Random.Shared.NextDouble();
}
