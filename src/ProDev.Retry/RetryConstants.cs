namespace ProDev.Retry;

/// <summary>The defaults and limits of this package; documentation and tests quote these, and nothing else.</summary>
internal static class RetryConstants
{
    /// <summary>All attempts, the first included.</summary>
    public const int DefaultMaxAttempts = 3;

    public const double DefaultBackoffFactor = 2;

    public const RetryJitter DefaultJitter = RetryJitter.Full;

    public static readonly TimeSpan DefaultBaseDelay = TimeSpan.FromMilliseconds(100);

    public static readonly TimeSpan DefaultMaxDelay = TimeSpan.FromSeconds(10);

    /// <summary>24.8 days, the longest time that a wait handle can wait; a timer could wait twice as long.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>How many attempts of a call are kept for its history; the older half goes when there are more.</summary>
    public const int MostHistory = 1024;

    public const int DefaultBudgetTokens = 100;

    public const double DefaultBudgetTokenRatio = 0.1;

    public const int LargestBudget = 1000;

    public const double DefaultBudgetPercent = 0.2;

    /// <summary>Ten retries for each call, on average; more is no limit.</summary>
    public const double LargestBudgetPercent = 10;

    public const int DefaultMinRetriesPerSecond = 10;

    public const int LargestMinRetriesPerSecond = 10_000;

    public static readonly TimeSpan DefaultBudgetWindow = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan ShortestBudgetWindow = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan LongestBudgetWindow = TimeSpan.FromSeconds(60);

    public const int DefaultQuotaCapacity = 500;

    public const int DefaultQuotaRetryCost = 14;

    public const int DefaultQuotaThrottledCost = 5;

    public const int DefaultQuotaSuccessRefund = 1;

    public const int LargestQuota = 1_000_000;

    public const int DefaultMaximumBudgets = 1000;

    /// <summary>A token is counted in thousandths, so that ratios add up exactly.</summary>
    public const int TokenScale = 1000;
}
