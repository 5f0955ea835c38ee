namespace ProDev.Retry;

/// <summary>The retry quota of the AWS SDKs; the rules are on <see cref="RetryBudget.Quota"/>.</summary>
internal sealed class QuotaBudget(int capacity, int retryCost, int throttledCost, int successRefund) : RetryBudget
{
    private readonly int _full = capacity;
    private int _left = capacity;

    public override double Tokens => Volatile.Read(ref _left);

    public override bool AllowsRetry => Volatile.Read(ref _left) >= retryCost;

    private protected override double? Capacity => _full;

    internal override void OnSuccess(ref int held)
    {
        var refund = held == 0 ? successRefund : held;
        held = 0;

        // While nothing fails, the quota stays full and its cache line stays shared: no write.
        var left = Volatile.Read(ref _left);
        while (left < _full)
        {
            var seen = Interlocked.CompareExchange(ref _left, Math.Min(_full, left + refund), left);
            if (seen == left)
                return;
            left = seen;
        }
    }

    private protected override bool TryTake(bool isThrottled, ref int held)
    {
        var cost = isThrottled ? throttledCost : retryCost;
        var left = Volatile.Read(ref _left);
        while (left >= cost)
        {
            var seen = Interlocked.CompareExchange(ref _left, left - cost, left);
            if (seen == left)
            {
                // The retry before this one has failed: what it took is not given back.
                held = cost;
                return true;
            }

            left = seen;
        }

        return false;
    }
}
