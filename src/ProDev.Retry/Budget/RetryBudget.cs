using System.Diagnostics;

namespace ProDev.Retry;

/// <summary>
/// Limits the retries of many calls together, so that retrying cannot multiply the load on a dependency that is down.
/// </summary>
/// <remarks>
/// The rules are those of gRPC's retry throttling (gRPC proposal A6, "Throttling Retry Attempts and Hedged RPCs"):
/// <list type="number">
/// <item><description>The budget starts full, with all of its tokens.</description></item>
/// <item><description>Each attempt that fails in a way worth a retry takes one token, down to zero, also when no retry follows.</description></item>
/// <item><description>Each attempt that succeeds gives a fraction of a token back, until it is full.</description></item>
/// <item><description>A retry is allowed while more than half of the tokens are left. A first attempt is always allowed.</description></item>
/// </list>
/// Nothing waits for tokens: a retry that is not allowed ends the call with its last outcome. Instances are thread-safe and meant
/// to be shared by all policies that call one dependency. A success costs one read while the budget is full.
/// </remarks>
[DebuggerDisplay("{Tokens} tokens, allows a retry: {AllowsRetry}")]
public sealed class RetryBudget
{
    private readonly int _full;
    private readonly int _refund;
    private int _tokens;

    private RetryBudget(int maxTokens, int refund)
    {
        _full = maxTokens * RetryConstants.TokenScale;
        _refund = refund;
        _tokens = _full;
    }

    /// <summary>Gets the number of tokens at this moment, for a gauge or a log.</summary>
    public double Tokens => (double)Volatile.Read(ref _tokens) / RetryConstants.TokenScale;

    /// <summary>Gets whether a retry would be allowed at this moment.</summary>
    public bool AllowsRetry => AllowsRetryAt(Volatile.Read(ref _tokens));

    /// <summary>Creates a full budget with the semantics of gRPC.</summary>
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

        return new RetryBudget(maxTokens, (int)refund);
    }

    /// <summary>Gives the ratio back.</summary>
    internal void OnSuccess()
    {
        // While nothing fails, the budget stays full and its cache line stays shared: no write.
        var tokens = Volatile.Read(ref _tokens);
        while (tokens < _full)
        {
            var seen = Interlocked.CompareExchange(ref _tokens, Math.Min(_full, tokens + _refund), tokens);
            if (seen == tokens)
                return;
            tokens = seen;
        }
    }

    /// <summary>Takes a token and says whether the failure may be retried. Each caller judges the count that it made itself.</summary>
    internal bool OnFailure()
    {
        var tokens = Volatile.Read(ref _tokens);
        while (tokens > 0)
        {
            var left = Math.Max(0, tokens - RetryConstants.TokenScale);
            var seen = Interlocked.CompareExchange(ref _tokens, left, tokens);
            if (seen == tokens)
                return AllowsRetryAt(left);
            tokens = seen;
        }

        return false;
    }

    private bool AllowsRetryAt(int tokens) => tokens * 2 > _full;
}
