namespace ProDev.Retry;

/// <summary>Finagle's retry budget, a leaky token bucket; the rules are on <see cref="RetryBudget.Percent"/>.</summary>
internal sealed class PercentBudget : RetryBudget
{
    /// <summary>Milliseconds.</summary>
    private const int TickFrequency = 1000;

    private readonly int _deposit;
    private readonly long _reserve;
    private readonly TimeProvider? _time;
    private readonly long _started;
    private readonly long _sliceLength;
    private readonly SlidingCounter _calls = new(SlidingCounter.StripesForAllProcessors);
    private readonly SlidingCounter _retries = new(stripes: 1);

    public PercentBudget(int deposit, int minRetriesPerSecond, TimeSpan window, TimeProvider time)
    {
        _deposit = deposit;
        _reserve = (long)(minRetriesPerSecond * window.TotalSeconds * RetryConstants.TokenScale);
        _time = ReferenceEquals(time, TimeProvider.System) ? null : time;
        _started = Now();
        var frequency = _time?.TimestampFrequency ?? TickFrequency;
        _sliceLength = Math.Max(1, (long)(window.TotalSeconds / SlidingCounter.Slices * frequency));
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

    private int Slice() => unchecked((int)((Now() - _started) / _sliceLength));

    // Each call reads the clock. The system's ticks are monotonic, a fraction of the price of its timestamps, and far finer than
    // a slice, which lasts a tenth of a second or more.
#pragma warning disable RS0030 // It is the system's time that was asked for; any other provider is asked itself.
    private long Now() => _time is null ? Environment.TickCount64 : _time.GetTimestamp();
#pragma warning restore RS0030
}
