using System.Globalization;

namespace ProDev.Retry;

public abstract partial class RetryBudget
{
    /// <summary>Creates a full budget with the semantics of gRPC (proposal A6, "Throttling Retry Attempts and Hedged RPCs").</summary>
    /// <remarks>
    /// Each attempt that fails in a way worth a retry takes one token, down to zero, also when no retry follows. Each attempt that
    /// succeeds gives <paramref name="tokenRatio"/> back. A retry is allowed while more than half of the tokens are left. A success
    /// costs one read while the budget is full.
    /// </remarks>
    /// <param name="maxTokens">
    /// From 1 to 1000; 100 by default. Half of it is the number of failures in a row after which retries stop.
    /// </param>
    /// <param name="tokenRatio">
    /// Tokens that a success gives back, from 0.001 to <paramref name="maxTokens"/>, rounded to thousandths; 0.1 by default, which
    /// allows in the long run one failed attempt for each ten successes.
    /// </param>
    /// <returns>A budget to share between policies.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of its range.</exception>
    public static RetryBudget TokenRatio(
        int maxTokens = RetryConstants.DefaultBudgetTokens,
        double tokenRatio = RetryConstants.DefaultBudgetTokenRatio)
    {
        if (maxTokens is < 1 or > RetryConstants.LargestBudget)
        {
            throw new ArgumentOutOfRangeException(
                nameof(maxTokens), maxTokens, $"A retry budget holds from 1 to {RetryConstants.LargestBudget} tokens.");
        }

        var refund = Math.Round(tokenRatio * RetryConstants.TokenScale);
        if (!(refund >= 1 && tokenRatio <= maxTokens))
        {
            throw new ArgumentOutOfRangeException(
                nameof(tokenRatio), tokenRatio, $"A success gives back from 0.001 to {maxTokens} tokens (all of maxTokens).");
        }

        return new TokenRatioBudget(maxTokens, (int)refund);
    }

    /// <summary>Creates a budget that allows retries in proportion to the calls, with the semantics of Finagle.</summary>
    /// <remarks>
    /// Each call deposits <paramref name="percent"/> of a retry, each retry withdraws a whole one; both are forgotten after
    /// <paramref name="window"/>. <paramref name="minRetriesPerSecond"/> is a reserve for clients with few calls: that many retries for
    /// each second of the window, beside the deposits. Time is counted in tenths of the window and no timer runs. Each call reads the
    /// clock and adds to a counter; the counters are spread over the processors. A short lock is taken for failures only.
    /// </remarks>
    /// <param name="percent">
    /// Retries for each call, as a fraction: 0 (the reserve only), or from 0.001 to 10, rounded to thousandths; 0.2 by default, which
    /// is one retry for five calls.
    /// </param>
    /// <param name="minRetriesPerSecond">From 0 to 10,000; 10 by default. Not 0 if <paramref name="percent"/> is 0.</param>
    /// <param name="window">From 1 to 60 seconds; 10 seconds when null.</param>
    /// <param name="timeProvider">The clock, of which only the timestamps are read; the system's when null.</param>
    /// <returns>A budget to share between policies.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of its range.</exception>
    public static RetryBudget Percent(
        double percent = RetryConstants.DefaultBudgetPercent,
        int minRetriesPerSecond = RetryConstants.DefaultMinRetriesPerSecond,
        TimeSpan? window = null,
        TimeProvider? timeProvider = null)
    {
        var deposit = Math.Round(percent * RetryConstants.TokenScale);
        if (percent is not 0 && !(deposit >= 1 && percent <= RetryConstants.LargestBudgetPercent))
        {
            throw new ArgumentOutOfRangeException(
                nameof(percent),
                percent,
                $"A call allows 0, or from 0.001 to {RetryConstants.LargestBudgetPercent}, retries; 0.2 is 20 %.");
        }

        if (minRetriesPerSecond is < 0 or > RetryConstants.LargestMinRetriesPerSecond)
        {
            throw new ArgumentOutOfRangeException(
                nameof(minRetriesPerSecond),
                minRetriesPerSecond,
                $"The reserve is from 0 to {RetryConstants.LargestMinRetriesPerSecond} retries per second.");
        }

        if (percent is 0 && minRetriesPerSecond is 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(minRetriesPerSecond), minRetriesPerSecond, "A budget of 0 % without a reserve would never allow a retry.");
        }

        var length = window ?? RetryConstants.DefaultBudgetWindow;
        if (length < RetryConstants.ShortestBudgetWindow || length > RetryConstants.LongestBudgetWindow)
            throw new ArgumentOutOfRangeException(nameof(window), length, "The window is from 1 to 60 seconds.");

        return new PercentBudget((int)deposit, minRetriesPerSecond, length, timeProvider ?? TimeProvider.System);
    }

    /// <summary>Creates a full budget with the semantics of the standard retry mode of the AWS SDKs.</summary>
    /// <remarks>
    /// A retry takes its cost, or is refused if the quota holds less. A retry that succeeds gives back what it took itself; the
    /// retries that failed before it stay paid. A call that succeeds at its first attempt gives <paramref name="successRefund"/>
    /// back. The defaults are the SDKs' newer figures; <c>retryCost: 5, throttledCost: 5</c> are the older ones, which took 10 after
    /// a timeout. A success costs one read while the quota is full.
    /// </remarks>
    /// <param name="capacity">From 1 to 1,000,000; 500 by default.</param>
    /// <param name="retryCost">
    /// What a retry takes, from 1 to <paramref name="capacity"/>; 14 by default, so that a full quota pays 35 retries in a row.
    /// </param>
    /// <param name="throttledCost">
    /// What a retry takes after the dependency said that it is asked too often, from 1 to <paramref name="capacity"/>; 5 by default.
    /// </param>
    /// <param name="successRefund">From 1 to <paramref name="capacity"/>; 1 by default.</param>
    /// <returns>A budget to share between policies.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of its range.</exception>
    public static RetryBudget Quota(
        int capacity = RetryConstants.DefaultQuotaCapacity,
        int retryCost = RetryConstants.DefaultQuotaRetryCost,
        int throttledCost = RetryConstants.DefaultQuotaThrottledCost,
        int successRefund = RetryConstants.DefaultQuotaSuccessRefund)
    {
        if (capacity is < 1 or > RetryConstants.LargestQuota)
        {
            var largest = RetryConstants.LargestQuota.ToString("N0", CultureInfo.InvariantCulture);
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, $"A retry quota holds from 1 to {largest}.");
        }

        ThrowIfNotPartOf(capacity, retryCost, nameof(retryCost), "A retry costs");
        ThrowIfNotPartOf(capacity, throttledCost, nameof(throttledCost), "A retry after throttling costs");
        ThrowIfNotPartOf(capacity, successRefund, nameof(successRefund), "A success gives back");
        return new QuotaBudget(capacity, retryCost, throttledCost, successRefund);
    }

    private static void ThrowIfNotPartOf(int capacity, int value, string name, string subject)
    {
        if (value < 1 || value > capacity)
            throw new ArgumentOutOfRangeException(name, value, $"{subject} from 1 to {capacity} (all of capacity).");
    }
}
