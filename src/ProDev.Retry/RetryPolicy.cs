using System.Diagnostics;

namespace ProDev.Retry;

/// <summary>
/// Runs an operation again when it fails, within a number of attempts, a deadline and a budget.
/// </summary>
/// <remarks>
/// <para>
/// A policy is thread-safe: create it once and share it. A call uses the settings that the policy has when it begins; those of a policy that is bound to
/// configuration are replaced as a whole, and all others never change. When the first attempt succeeds, nothing is allocated,
/// whatever the result type, and an operation that completes synchronously runs without a state machine; with a <see cref="RetryOptions.Deadline"/>,
/// telling it to policies inside of the operation costs about 150 bytes (<see cref="RetryOptions.NestedRetries"/>).
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
[DebuggerDisplay("{Name} {_engine.MaxAttempts} attempts")]
public sealed partial class RetryPolicy
{
    private RetryEngine _engine;

    private RetryPolicy(RetryEngine engine) => _engine = engine;

    /// <summary>Gets the name that metrics and logs show: the one it is registered under; empty for a policy without.</summary>
    public string Name => _engine.Name;

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
        return new RetryPolicy(new RetryEngine(name, options));
    }

    /// <summary>Replaces the settings for the calls to come. What has a state (budget, circuit breaker, concurrency limit) stays.</summary>
    internal void Replace(RetryOptions options)
    {
        RetryOptionsValidator.ThrowIfInvalid(Name, options);
        Volatile.Write(ref _engine, _engine.With(options));
    }
}
