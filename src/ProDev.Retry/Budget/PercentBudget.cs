namespace ProDev.Retry;

/// <summary>Finagle's retry budget, a leaky token bucket; the rules are on <see cref="RetryBudget.Percent"/>.</summary>
internal sealed class PercentBudget : RetryBudget
{
    private readonly int _deposit;
    private readonly long _reserve;
    private readonly MonotonicClock _clock;
    private readonly long _started;
    private readonly long _sliceLength;
    private readonly SlidingCounter _calls = new(SlidingCounter.StripesForAllProcessors);
    private readonly SlidingCounter _retries = new(stripes: 1);

    public PercentBudget(int deposit, int minRetriesPerSecond, TimeSpan window, TimeProvider time)
    {
        _deposit = deposit;
        _reserve = (long)(minRetriesPerSecond * window.TotalSeconds * RetryConstants.TokenScale);
        _clock = new MonotonicClock(time);
        _started = _clock.CoarseMilliseconds;
        _sliceLength = Math.Max(1, (long)(window.TotalMilliseconds / SlidingCounter.Slices));
    }

    // Retries expire after the calls that paid for them, so that the balance may be below zero for a moment.
    public override double Tokens => Math.Max(0, (double)BalanceAt(Slice()) / RetryConstants.TokenScale);

    public override bool AllowsRetry => BalanceAt(Slice()) >= RetryConstants.TokenScale;

    internal override bool CountsCalls => true;

    private protected override double? Capacity => null;

    internal override void OnStart() => _calls.Increment(Slice());

    internal override void OnSuccess(ref int held)
    {
    }

    private protected override bool TryTake(bool isThrottled, ref int held)
    {
        // Withdrawals take turns, so that none is made twice from one balance; deposits that race with one only add to it.
        lock (_retries)
        {
            var slice = Slice();
            if (BalanceAt(slice) < RetryConstants.TokenScale)
                return false;
            _retries.Increment(slice);
            return true;
        }
    }

    private long BalanceAt(int slice) =>
        _reserve + (_calls.Sum(slice) * _deposit) - (_retries.Sum(slice) * RetryConstants.TokenScale);

    private int Slice() => unchecked((int)((_clock.CoarseMilliseconds - _started) / _sliceLength));
}
