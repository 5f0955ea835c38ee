using System.Runtime.InteropServices;

namespace ProDev.Retry;

/// <summary>What <see cref="HedgingOptions.ShouldHedge"/> judges: one copy that threw.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct ShouldHedgeArguments
{
    internal ShouldHedgeArguments(int attempt, Exception exception)
    {
        Attempt = attempt;
        Exception = exception;
    }

    /// <summary>Gets the number of the copy that failed: 1 for the first.</summary>
    public int Attempt { get; }

    /// <summary>Gets what the copy threw. It is never the caller's own cancellation.</summary>
    public Exception Exception { get; }

    /// <summary>
    /// Gets whether a policy without a judge would start another copy: for the same exceptions as a retry, which are listed at
    /// <see cref="ShouldRetryArguments.IsRetriedByDefault"/>.
    /// </summary>
    public bool IsHedgedByDefault => DefaultClassifier.IsRetried(Exception);
}
