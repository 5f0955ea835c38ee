namespace ProDev.Retry;

/// <summary>
/// What an outer policy tells the policies inside of its operation, along the execution context. It is written before a retry, and before
/// the first attempt only if there is a deadline to tell: a call that succeeds at once must not pay for what it may never need.
/// </summary>
/// <remarks>
/// It says nothing any more once its call is over: work that the operation has left behind keeps the execution context, but is not part of the call.
/// </remarks>
internal sealed class RetryScope
{
    private static readonly AsyncLocal<RetryScope?> Local = new();

    private readonly RetryScope? _outer;
    private readonly RetryEngine _engine;
    private readonly long _started;
    private volatile bool _isRetrying;
    private volatile bool _hasEnded;

    private RetryScope(RetryScope? outer, RetryEngine engine, long started)
    {
        _outer = outer;
        _engine = engine;
        _started = started;
    }

    /// <summary>The nearest scope above this call; null if there is none. Set by those only who put back what was there.</summary>
    public static RetryScope? Current
    {
        get
        {
            var scope = Local.Value;
            while (scope is { _hasEnded: true })
                scope = scope._outer;
            return scope;
        }
        set => Local.Value = value;
    }

    /// <summary>Whether a policy above is retrying already.</summary>
    public bool IsRetrying => (_isRetrying && !_hasEnded) || _outer?.IsRetrying == true;

    /// <summary>What is left of the nearest deadline above; <see cref="TimeSpan.MaxValue"/> if there is none.</summary>
    public TimeSpan Remaining
    {
        get
        {
            var own = _hasEnded ? TimeSpan.MaxValue : _engine.RemainingSince(_started);
            return _outer?.Remaining is { } outer && outer < own ? outer : own;
        }
    }

    /// <summary>Tells everything that this execution context flows to.</summary>
    public static RetryScope Enter(RetryScope? outer, RetryEngine engine, long started) => Local.Value = new RetryScope(outer, engine, started);

    /// <summary>From now on the attempts are retries.</summary>
    public void Retries() => _isRetrying = true;

    /// <summary>The call is over.</summary>
    public void Ends() => _hasEnded = true;
}
