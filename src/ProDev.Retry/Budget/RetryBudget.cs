using System.Diagnostics;

namespace ProDev.Retry;

/// <summary>
/// Limits the retries of many calls together, so that retrying cannot multiply the load on a dependency that is down.
/// </summary>
/// <remarks>
/// <para>
/// Three kinds, each with the rules of a system that proved them: <see cref="TokenRatio"/> (gRPC) stops retries after a number of
/// failures, <see cref="Percent"/> (Finagle) allows a share of the calls, <see cref="Quota"/> (the AWS SDKs) sells retries from a
/// stock that successes refill.
/// </para>
/// <para>
/// A first attempt is always allowed. Nothing waits for tokens: a retry that is not allowed ends the call with its last outcome. A retry
/// is paid before its delay, and stays paid if the caller cancels meanwhile: giving it back would let calls that are given up pay for others.
/// Instances are thread-safe and meant to be shared by all policies that call one dependency; <see cref="RetryBudgets"/> keeps one
/// for each of many. A budget is never over-spent, however many calls fail at the same moment.
/// </para>
/// </remarks>
[DebuggerDisplay("{Tokens} tokens, allows a retry: {AllowsRetry}")]
public abstract partial class RetryBudget
{
    private long _allowed;
    private long _refused;

    private protected RetryBudget()
    {
    }

    /// <summary>Gets what is left at this moment, for a gauge or a log: tokens, or with <see cref="Percent"/> retries.</summary>
    public abstract double Tokens { get; }

    /// <summary>Gets whether a retry would be allowed at this moment. Another call may take the last one meanwhile.</summary>
    public abstract bool AllowsRetry { get; }

    /// <summary>Whether <see cref="OnStart"/> has an effect; a policy asks once.</summary>
    internal virtual bool CountsCalls => false;

    /// <summary>What a full budget holds; null if it grows with the number of calls.</summary>
    private protected abstract double? Capacity { get; }

    /// <summary>Reads the state and the totals, for metrics.</summary>
    /// <returns>The numbers of this moment. They are read one after the other while calls go on.</returns>
    public RetryBudgetSnapshot Snapshot() =>
        new(Tokens, Capacity, AllowsRetry, Interlocked.Read(ref _allowed), Interlocked.Read(ref _refused));

    /// <summary>A call begins; once for each call, before its first attempt.</summary>
    internal virtual void OnStart()
    {
    }

    /// <summary>
    /// An attempt failed and would be tried again, if the budget allows it. A true answer has been paid for.
    /// </summary>
    /// <param name="isThrottled">Whether the dependency said that it is asked too often.</param>
    /// <param name="held">
    /// What the call's latest retry took and would get back by succeeding. The call keeps it, from zero on, for its budget.
    /// </param>
    internal bool OnFailure(bool isThrottled, ref int held)
    {
        var isAllowed = TryTake(isThrottled, ref held);
        Interlocked.Increment(ref isAllowed ? ref _allowed : ref _refused);
        return isAllowed;
    }

    /// <summary>An attempt failed in a way worth a retry, but none follows: attempts or time are used up.</summary>
    internal virtual void OnLastFailure()
    {
    }

    /// <summary>An attempt succeeded.</summary>
    internal abstract void OnSuccess(ref int held);

    private protected abstract bool TryTake(bool isThrottled, ref int held);
}
