using System.Runtime.InteropServices;

namespace ProDev.Retry;

/// <summary>What <see cref="RetryOptions.CustomBackoff"/> computes a delay from.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct BackoffArguments
{
    internal BackoffArguments(int attempt, TimeSpan previousDelay, Exception? exception)
    {
        Attempt = attempt;
        PreviousDelay = previousDelay;
        Exception = exception;
    }

    /// <summary>Gets the number of the attempt that failed: 1 for the first.</summary>
    public int Attempt { get; }

    /// <summary>Gets the delay before that attempt; zero for the first.</summary>
    public TimeSpan PreviousDelay { get; }

    /// <summary>Gets what the attempt threw; null if its result was refused.</summary>
    public Exception? Exception { get; }
}
