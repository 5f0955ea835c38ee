namespace ProDev.Retry;

/// <summary>
/// Computes delays. What grows is a floating-point number, where it can only grow to infinity, and is cut before it becomes ticks, where it would wrap
/// around.
/// </summary>
internal sealed class BackoffCalculator(RetryOptions options)
{
    private readonly double _base = options.BaseDelay.Ticks;
    private readonly double _max = options.MaxDelay.Ticks;
    private readonly double _factor = options.BackoffFactor;
    private readonly RetryBackoff _backoff = options.Backoff;
    private readonly RetryJitter _jitter = options.Jitter;
    private readonly Func<double> _randomizer = options.Randomizer;
    private readonly Func<BackoffArguments, TimeSpan>? _custom = options.CustomBackoff;

    /// <summary>Whether the delays are the caller's own.</summary>
    public bool IsCustom => _custom is not null;

    /// <summary>Whether there is never a delay, so that there is nothing to compute.</summary>
    public bool IsNone { get; } = options.CustomBackoff is null && options.BaseDelay == TimeSpan.Zero;

    /// <summary>Returns the delay after a failed attempt.</summary>
    /// <param name="failed">The attempt, and the delay before it.</param>
    /// <param name="memory">What the decorrelated jitters keep from one delay to the next of a call; zero at first. A delay that a server asked for is not in it.</param>
    public TimeSpan After(in BackoffArguments failed, ref double memory)
    {
        if (_custom is not null)
            return Cut(_custom(failed).Ticks);
        if (IsNone)
            return TimeSpan.Zero;
        return Cut(_jitter switch
        {
            RetryJitter.Full => Computed(failed.Attempt) * Random(),
            RetryJitter.Equal => Computed(failed.Attempt) * (0.5 + (Random() / 2)),
            RetryJitter.Decorrelated => memory = DecorrelatedJitter.Next(_base, _max, memory, Random()),
            RetryJitter.DecorrelatedV2 => _base * DecorrelatedJitterV2.Next(failed.Attempt, Random(), ref memory),
            _ => Computed(failed.Attempt),
        });
    }

    private double Computed(int attempt) => Math.Min(_max, _backoff switch
    {
        RetryBackoff.Linear => _base * attempt,
        RetryBackoff.Constant => _base,
        _ => _base * Math.Pow(_factor, attempt - 1),
    });

    // Written so that NaN becomes zero as well.
    private TimeSpan Cut(double ticks) => ticks > 0 ? TimeSpan.FromTicks((long)Math.Min(ticks, _max)) : TimeSpan.Zero;

    private double Random()
    {
        var random = _randomizer();
        return random > 0 ? Math.Min(random, 1) : 0;
    }
}
