using System.Runtime.InteropServices;

namespace ProDev.Retry;

/// <summary>What <see cref="RetryOptions.OnRetry"/> is told: an attempt failed, and another one follows.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct OnRetryArguments
{
    internal OnRetryArguments(int attempt, TimeSpan delay, Exception? exception)
    {
        Attempt = attempt;
        Delay = delay;
        Exception = exception;
    }

    /// <summary>Gets the number of the attempt that failed: 1 for the first.</summary>
    public int Attempt { get; }

    /// <summary>Gets the delay before the next attempt; zero if it follows at once.</summary>
    public TimeSpan Delay { get; }

    /// <summary>Gets what the attempt threw; null if it returned a result that <see cref="RetryOptions.RetryResult{T}"/> refused.</summary>
    public Exception? Exception { get; }
}
