using System.Runtime.InteropServices;

namespace ProDev.Retry;

/// <summary>What <see cref="HedgingOptions.OnHedge"/> is told: another copy starts.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct OnHedgeArguments
{
    internal OnHedgeArguments(int attempt, bool isAfterFailure, Exception? exception)
    {
        Attempt = attempt;
        IsAfterFailure = isAfterFailure;
        Exception = exception;
    }

    /// <summary>Gets the number of the copy that starts: 2 for the first further one.</summary>
    public int Attempt { get; }

    /// <summary>Gets whether it starts because a copy failed; otherwise because <see cref="HedgingOptions.Delay"/> passed.</summary>
    public bool IsAfterFailure { get; }

    /// <summary>Gets what that copy threw; null if it returned a result that counts as a failure, or if none failed.</summary>
    public Exception? Exception { get; }
}
