namespace ProDev.Retry;

/// <summary>gRPC's retry throttling; the rules are on <see cref="RetryBudget.TokenRatio"/>.</summary>
internal sealed class TokenRatioBudget(int maxTokens, int refund) : RetryBudget
{
    private readonly int _full = maxTokens * RetryConstants.TokenScale;
    private int _tokens = maxTokens * RetryConstants.TokenScale;

    public override double Tokens => (double)Volatile.Read(ref _tokens) / RetryConstants.TokenScale;

    public override bool AllowsRetry => AllowsRetryAt(Volatile.Read(ref _tokens));

    private protected override double? Capacity => _full / RetryConstants.TokenScale;

    internal override void OnSuccess(ref int held)
    {
        // While nothing fails, the budget stays full and its cache line stays shared: no write.
        var tokens = Volatile.Read(ref _tokens);
        while (tokens < _full)
        {
            var seen = Interlocked.CompareExchange(ref _tokens, Math.Min(_full, tokens + refund), tokens);
            if (seen == tokens)
                return;
            tokens = seen;
        }
    }

    internal override void OnLastFailure() => Charge();

    private protected override bool TryTake(bool isThrottled, ref int held) => Charge();

    /// <summary>Takes a token and says whether a retry is allowed. Each caller judges the count that it made itself.</summary>
    private bool Charge()
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
