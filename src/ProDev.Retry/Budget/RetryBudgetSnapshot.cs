using System.Runtime.InteropServices;

namespace ProDev.Retry;

/// <summary>The numbers of a <see cref="RetryBudget"/> at one moment, for metrics and health reports.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct RetryBudgetSnapshot
{
    internal RetryBudgetSnapshot(double tokens, double? capacity, bool allowsRetry, long retriesAllowed, long retriesRefused)
    {
        Tokens = tokens;
        Capacity = capacity;
        AllowsRetry = allowsRetry;
        RetriesAllowed = retriesAllowed;
        RetriesRefused = retriesRefused;
    }

    /// <summary>Gets what was left; never negative, never more than <see cref="Capacity"/>.</summary>
    public double Tokens { get; }

    /// <summary>Gets what a full budget holds; null for <see cref="RetryBudget.Percent"/>, which grows with the calls.</summary>
    public double? Capacity { get; }

    /// <summary>Gets whether a retry would have been allowed.</summary>
    public bool AllowsRetry { get; }

    /// <summary>Gets how many retries were allowed since the budget was created.</summary>
    public long RetriesAllowed { get; }

    /// <summary>
    /// Gets how many retries were refused since then, each the end of a call that had attempts and time left. A number that grows
    /// means that the dependency is down and that the budget is at work.
    /// </summary>
    public long RetriesRefused { get; }
}
