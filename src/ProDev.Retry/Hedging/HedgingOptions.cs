namespace ProDev.Retry;

/// <summary>
/// The settings of a <see cref="HedgingPolicy"/>. A policy copies them when it is created: a later change has no effect on it.
/// </summary>
/// <remarks>
/// All faults are reported together, when the policy is created. Instances are not thread-safe; the policies made from
/// them are.
/// </remarks>
public sealed class HedgingOptions
{
    private Delegate[] _resultPredicates = [];

    /// <summary>
    /// Gets or sets how many copies of the operation run at most. <b>All copies count, the first included</b>: 2 means the first
    /// and one more, and 1 means that nothing is hedged.
    /// </summary>
    /// <value>2 by default; from 1 to 10.</value>
    public int MaxAttempts { get; set; } = HedgingConstants.DefaultMaxAttempts;

    /// <summary>Gets or sets how long a copy may run before the next one joins it. A high percentile of the usual time fits.</summary>
    /// <value>
    /// 1 s by default; at most 24.8 days (2,147,483,647 ms). Zero starts all copies at once, unless the first one completes
    /// synchronously. <see cref="Timeout.InfiniteTimeSpan"/> starts another copy only when one has failed.
    /// </value>
    public TimeSpan Delay { get; set; } = HedgingConstants.DefaultDelay;

    /// <summary>
    /// Gets or sets the judge of a copy that threw: true if another copy may succeed, which then starts at once, without the delay;
    /// false if the exception is the outcome of the call, which then ends:
    /// <c>o.ShouldHedge = static failed =&gt; failed.Exception is IOException;</c>
    /// </summary>
    /// <value>
    /// <see langword="null"/> by default, which means <see cref="ShouldHedgeArguments.IsHedgedByDefault"/>. It is never asked
    /// about the caller's own cancellation. It must be fast, pure and thread-safe.
    /// </value>
    public Func<ShouldHedgeArguments, bool>? ShouldHedge { get; set; }

    /// <summary>Gets or sets what is called before each further copy. It must be thread-safe.</summary>
    /// <value>
    /// <see langword="null"/> by default. An exception from it ends the call with an <see cref="InvalidOperationException"/>.
    /// </value>
    public Action<OnHedgeArguments>? OnHedge { get; set; }

    /// <summary>
    /// Gets or sets the budget that each further copy is taken from, as a retry would be. Share one instance between the policies that
    /// call one dependency, of hedging and of retries. When it refuses, the call goes on with the copies that it has. When all copies
    /// failed, it is told of the last failure, which costs a token with <see cref="RetryBudget.TokenRatio"/>.
    /// </summary>
    /// <value><see langword="null"/> by default, which means that copies are limited by <see cref="MaxAttempts"/> only.</value>
    public RetryBudget? Budget { get; set; }

    /// <summary>Gets or sets the clock that waits for the delay.</summary>
    /// <value><see cref="TimeProvider.System"/> by default; from the container, if one is registered there.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    internal ReadOnlySpan<Delegate> ResultPredicates => _resultPredicates;

    /// <summary>
    /// Names the results of type <typeparamref name="T"/> (and of types derived from it) that count as a failure which another copy may
    /// not have. Several calls add up. When all copies failed and this was the first failure, the result is returned as it is.
    /// </summary>
    /// <remarks>
    /// A result that is not returned, by whichever copy, is disposed if it is <see cref="IAsyncDisposable"/> or <see cref="IDisposable"/>; the one
    /// that is returned belongs to the caller.
    /// </remarks>
    /// <typeparam name="T">The result type of the operations that the predicate judges; others are not affected.</typeparam>
    /// <param name="predicate">Answers true for a result that failed. It must be fast, pure and thread-safe.</param>
    /// <returns>This instance.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="predicate"/> is null.</exception>
    public HedgingOptions HedgeResult<T>(Func<T, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        _resultPredicates = [.. _resultPredicates, predicate];
        return this;
    }
}
