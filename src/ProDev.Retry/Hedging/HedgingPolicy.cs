using System.Diagnostics;

namespace ProDev.Retry;

/// <summary>
/// Runs further copies of an operation while the first one is slow, or when it fails; the first success wins. For operations
/// that are <b>safe to run more than once, at the same time</b>.
/// </summary>
/// <remarks>
/// <para>
/// A policy is immutable and thread-safe: create it once and share it. When the first copy succeeds at once, nothing is allocated
/// and no timer is set.
/// </para>
/// <para>
/// Each copy gets a token of its own, which the caller's cancels, and which is cancelled when another copy has won. It is valid
/// until the copy has completed: a result must not depend on it. The call does not wait for the copies that lost. Their
/// results are disposed when they come, except for one that is the very object that the caller got, and their
/// exceptions are observed and dropped.
/// </para>
/// <para>
/// When all copies failed, the first failure is the outcome of the call: its exception, with the original stack, or its result. A
/// failure that <see cref="HedgingOptions.ShouldHedge"/> refuses ends the call at once. The caller's cancellation surfaces as
/// <see cref="OperationCanceledException"/> with the caller's token as soon as a copy ends by it.
/// </para>
/// </remarks>
[DebuggerDisplay("{_maxAttempts} copies, {_delay} apart")]
public sealed partial class HedgingPolicy
{
    private readonly string _name;
    private readonly int _maxAttempts;
    private readonly TimeSpan _delay;
    private readonly Func<ShouldHedgeArguments, bool>? _shouldHedge;
    private readonly Action<OnHedgeArguments>? _onHedge;
    private readonly Delegate[]? _resultPredicates;
    private readonly RetryBudget? _budget;
    private readonly RetryBudget? _countingBudget;
    private readonly TimeProvider _time;

    private HedgingPolicy(string name, HedgingOptions options)
    {
        _name = name;
        _maxAttempts = options.MaxAttempts;
        _delay = options.Delay;
        _shouldHedge = options.ShouldHedge;
        _onHedge = options.OnHedge;
        _resultPredicates = options.ResultPredicates.IsEmpty ? null : options.ResultPredicates.ToArray();
        _budget = options.Budget;
        _countingBudget = _budget is { CountsCalls: true } ? _budget : null;
        _time = options.TimeProvider;
    }

    /// <summary>Creates a policy.</summary>
    /// <param name="configure">Changes the defaults, which are documented on <see cref="HedgingOptions"/>; null keeps them.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">
    /// Settings are out of range; the message and <c>Failures</c> name all of them.
    /// </exception>
    public static HedgingPolicy Create(Action<HedgingOptions>? configure = null)
    {
        var options = new HedgingOptions();
        configure?.Invoke(options);
        return Create(string.Empty, options);
    }

    internal static HedgingPolicy Create(string name, HedgingOptions options)
    {
        HedgingOptionsValidator.ThrowIfInvalid(name, options);
        return new HedgingPolicy(name, options);
    }
}
