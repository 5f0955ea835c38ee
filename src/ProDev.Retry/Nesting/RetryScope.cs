namespace ProDev.Retry;

/// <summary>
/// What an outer policy tells the policies inside of its operation, along the execution context. It is written before a retry, and before
/// the first attempt only if there is a deadline to tell: a call that succeeds at once must not pay for what it may never need.
/// </summary>
internal sealed class RetryScope
{
    private static readonly AsyncLocal<RetryScope?> Local = new();

    private readonly RetryScope? _outer;
    private readonly RetryEngine _engine;
    private readonly long _started;
    private readonly bool _isRetrying;

    /// <summary>Makes what is told in an attempt.</summary>
    /// <param name="outer">The scope around the policy's call; null if there is none.</param>
    /// <param name="engine">The policy.</param>
    /// <param name="started">When its call began, if it has a deadline.</param>
    /// <param name="attempt">The number of the attempt.</param>
    public RetryScope(RetryScope? outer, RetryEngine engine, long started, int attempt)
    {
        _outer = outer;
        _engine = engine;
        _started = started;
        _isRetrying = attempt > 1;
    }

    /// <summary>The nearest scope above this call; null if there is none. Set by those only who put back what was there.</summary>
    public static RetryScope? Current
    {
        get => Local.Value;
        set => Local.Value = value;
    }

    /// <summary>Whether a policy above is retrying already.</summary>
    public bool IsRetrying => _isRetrying || _outer?.IsRetrying == true;

    /// <summary>What is left of the nearest deadline above; <see cref="TimeSpan.MaxValue"/> if there is none.</summary>
    public TimeSpan Remaining
    {
        get
        {
            var own = _engine.RemainingSince(_started);
            return _outer?.Remaining is { } outer && outer < own ? outer : own;
        }
    }
}
