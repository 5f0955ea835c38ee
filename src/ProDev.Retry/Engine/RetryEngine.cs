using System.Runtime.CompilerServices;

namespace ProDev.Retry;

/// <summary>
/// The settings of a policy at one moment, and the loops that follow them: with a result, without, synchronous. A call stays with the one that it
/// began with. Every decision between two attempts is in <see cref="RetryRun"/>; the loops only invoke, await and ask.
/// </summary>
internal sealed partial class RetryEngine
{
    // No more to do before or after an attempt that succeeds than to tell the budget: the fast path is a call and a look at its task.
    private readonly bool _isPlain;

    public RetryEngine(string name, RetryOptions options)
    {
        Name = name;
        MaxAttempts = options.MaxAttempts;
        Deadline = options.Deadline;
        HasDeadline = Deadline is not null;
        AttemptTimeout = options.AttemptTimeout;
        MaxServerDelay = options.MaxServerDelay ?? RetryConstants.LongestDelay;
        Backoff = new BackoffCalculator(options);
        ShouldRetry = options.ShouldRetry;
        OnRetry = options.OnRetry;
        Judges = options.ResultJudges.IsEmpty ? null : options.ResultJudges.ToArray();
        Budget = options.Budget;
        CountingBudget = options.Budget is { CountsCalls: true } ? options.Budget : null;
        Breaker = options.CircuitBreaker;
        Multiplies = options.NestedRetries == NestedRetries.Multiply;
        Time = options.TimeProvider;
        Telemetry = new RetryTelemetry(name, options.Logger);
        _isPlain = Deadline is null && AttemptTimeout is null && Judges is null && Breaker is null;
    }

    public string Name { get; }

    public int MaxAttempts { get; }

    public TimeSpan? Deadline { get; }

    /// <summary>Whether there is one; a comparison instead of a copy.</summary>
    public bool HasDeadline { get; }

    public TimeSpan? AttemptTimeout { get; }

    public TimeSpan MaxServerDelay { get; }

    public BackoffCalculator Backoff { get; }

    public Func<ShouldRetryArguments, RetryDecision>? ShouldRetry { get; }

    public Action<OnRetryArguments>? OnRetry { get; }

    public Delegate[]? Judges { get; }

    public RetryBudget? Budget { get; }

    /// <summary>The budget, if it wants to know of each call that begins.</summary>
    public RetryBudget? CountingBudget { get; }

    public CircuitBreaker? Breaker { get; }

    public bool Multiplies { get; }

    public TimeProvider Time { get; }

    public RetryTelemetry Telemetry { get; }

    /// <summary>The same policy with other settings. What has a state stays.</summary>
    public RetryEngine With(RetryOptions options)
    {
        var changed = options.Clone();
        (changed.Budget, changed.CircuitBreaker) = (Budget, Breaker);
        return new RetryEngine(Name, changed);
    }

    // The end of a call whose first attempt succeeded. The hot path comes here only if there is somebody to tell.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Succeeded()
    {
        if (Budget is { } budget)
        {
            var held = 0;
            budget.OnSuccess(ref held);
        }

        Telemetry.Succeeded();
    }

    /// <summary>What is left of the deadline of a call that began at that moment; <see cref="TimeSpan.MaxValue"/> without a deadline.</summary>
    public TimeSpan RemainingSince(long started) => Deadline is { } deadline ? deadline - Time.GetElapsedTime(started) : TimeSpan.MaxValue;
}
