namespace ProDev.Retry;

/// <summary>
/// A <see cref="ConcurrencyLimit"/> refused the call: places and queue were full, or it waited too long. The operation did not run.
/// </summary>
public sealed class ConcurrencyLimitException : Exception
{
    /// <summary>Creates the exception, for tests of code that handles it.</summary>
    /// <param name="maxConcurrent">See <see cref="MaxConcurrent"/>.</param>
    /// <param name="maxQueued">See <see cref="MaxQueued"/>.</param>
    /// <param name="message">What happened.</param>
    public ConcurrencyLimitException(int maxConcurrent, int maxQueued, string? message)
        : base(message)
    {
        MaxConcurrent = maxConcurrent;
        MaxQueued = maxQueued;
    }

    /// <summary>Gets how many calls the limit lets run at the same time.</summary>
    public int MaxConcurrent { get; }

    /// <summary>Gets how many calls the limit lets wait.</summary>
    public int MaxQueued { get; }
}
