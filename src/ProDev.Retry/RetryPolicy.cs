using System.Diagnostics;

namespace ProDev.Retry;

/// <summary>
/// Runs an operation again when it fails, within a number of attempts, a deadline and a budget.
/// </summary>
/// <remarks>
/// <para>
/// A policy is immutable and thread-safe: create it once and share it. When the first attempt succeeds, nothing is allocated,
/// whatever the result type, and an operation that completes synchronously runs without a state machine.
/// </para>
/// <para>
/// The outcome of the last attempt is the outcome of the call: its result, or its exception with the original stack, never a
/// wrapper. The caller's cancellation is not retried, whatever the operation throws; it surfaces as
/// <see cref="OperationCanceledException"/> with the caller's token, with what the attempt threw as inner exception.
/// </para>
/// <para>
/// A <see cref="ValueTask"/> returned by this class is awaited once, like any other. After a delay the operation runs on the thread
/// pool, without the caller's synchronization context.
/// </para>
/// </remarks>
[DebuggerDisplay("{_maxAttempts} attempts")]
public sealed partial class RetryPolicy
{
    private readonly int _maxAttempts;
    private readonly TimeSpan? _deadline;
    private readonly BackoffCalculator _backoff;
    private readonly Func<ShouldRetryArguments, RetryDecision>? _shouldRetry;
    private readonly Action<OnRetryArguments>? _onRetry;
    private readonly Delegate[]? _resultPredicates;
    private readonly RetryBudget? _budget;
    private readonly RetryBudget? _countingBudget;
    private readonly TimeProvider _time;

    internal RetryPolicy(RetryOptions options)
    {
        _maxAttempts = options.MaxAttempts;
        _deadline = options.Deadline;
        _backoff = new BackoffCalculator(options);
        _shouldRetry = options.ShouldRetry;
        _onRetry = options.OnRetry;
        _resultPredicates = options.ResultPredicates.IsEmpty ? null : options.ResultPredicates.ToArray();
        _budget = options.Budget;
        _countingBudget = options.Budget is { CountsCalls: true } ? options.Budget : null;
        _time = options.TimeProvider;
    }

    /// <summary>Creates a policy.</summary>
    /// <param name="configure">Changes the defaults, which are documented on <see cref="RetryOptions"/>; null keeps them.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">
    /// Settings are out of range; the message and <c>Failures</c> name all of them.
    /// </exception>
    public static RetryPolicy Create(Action<RetryOptions>? configure = null)
    {
        var options = new RetryOptions();
        configure?.Invoke(options);
        return Create(string.Empty, options);
    }

    internal static RetryPolicy Create(string name, RetryOptions options)
    {
        RetryOptionsValidator.ThrowIfInvalid(name, options);
        return new RetryPolicy(options);
    }
}
