using System.Diagnostics;
using System.Globalization;

namespace ProDev.Retry;

/// <summary>
/// Limits how many calls of a dependency run at the same time (a bulkhead), so that one that is slow cannot take all threads,
/// connections and memory. Calls beyond the limit wait in a bounded queue, in their order, or are refused at once.
/// </summary>
/// <remarks>
/// Instances are thread-safe and meant to be shared by all callers of one dependency. While there is room, a call takes no
/// lock and allocates nothing. A call that completes hands its place to the one that waits longest; a newcomer never
/// overtakes. A caller who cancels, or has waited too long, leaves the queue at once.
/// </remarks>
[DebuggerDisplay("{Running} of {MaxConcurrent} running, {Queued} of {MaxQueued} queued")]
public sealed partial class ConcurrencyLimit
{
    private readonly Places _places;
    private readonly PermitSlots _slots;
    private readonly TimeSpan? _queueTimeout;
    private readonly TimeProvider _time;

    private ConcurrencyLimit(int maxConcurrent, int maxQueued, TimeSpan? queueTimeout, TimeProvider time, string name)
    {
        Name = name;
        _places = new Places(maxConcurrent, maxQueued);
        _slots = new PermitSlots(maxConcurrent);
        _queueTimeout = queueTimeout;
        _time = time;
    }

    /// <summary>Gets the name under which it is measured and registered; empty if it has none.</summary>
    public string Name { get; }

    /// <summary>Gets how many calls may run at the same time.</summary>
    public int MaxConcurrent => _places.MaxTaken;

    /// <summary>Gets how many calls may wait; zero refuses every call beyond the limit at once.</summary>
    public int MaxQueued => _places.MaxQueued;

    /// <summary>Gets how many places are taken at this moment, for a gauge or a log.</summary>
    public int Running => _places.Taken;

    /// <summary>Gets how many calls wait at this moment, for a gauge or a log.</summary>
    public int Queued => _places.Queued;

    /// <summary>Creates a limit with all of its places free.</summary>
    /// <param name="maxConcurrent">How many calls may run at the same time: from 1 to 1,000,000.</param>
    /// <param name="maxQueued">How many calls may wait for a place; zero, the default, refuses them at once.</param>
    /// <param name="queueTimeout">
    /// How long a call waits at most, above zero and at most 24.8 days (2,147,483,647 ms); null, the default, waits until there is
    /// a place or the caller cancels. Without a queue it has no effect.
    /// </param>
    /// <param name="timeProvider">The clock for <paramref name="queueTimeout"/>; null means <see cref="TimeProvider.System"/>.</param>
    /// <param name="name">Tells limits apart in measurements; null means none.</param>
    /// <returns>A limit to share between the callers of one dependency.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Arguments are out of range; the message names all of them.</exception>
    public static ConcurrencyLimit Create(
        int maxConcurrent, int maxQueued = 0, TimeSpan? queueTimeout = null, TimeProvider? timeProvider = null, string? name = null)
    {
        ConcurrencyFaults.ThrowIfInvalid(maxConcurrent, maxQueued, queueTimeout);
        return new ConcurrencyLimit(maxConcurrent, maxQueued, queueTimeout, timeProvider ?? TimeProvider.System, name ?? string.Empty);
    }

    /// <summary>
    /// Takes a place, waiting for one if there is none and the queue has room. Nothing is allocated while there is room.
    /// </summary>
    /// <param name="cancellationToken">
    /// Ends the wait. A place that was granted at the same moment is given: the caller gets it and has to dispose it.
    /// </param>
    /// <returns>The permit; dispose it to give the place back, once the work is done. Await the task once.</returns>
    /// <exception cref="ConcurrencyLimitException">Places and queue are full, or the call waited too long.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; it carries <paramref name="cancellationToken"/>.</exception>
    public ValueTask<ConcurrencyPermit> EnterAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<ConcurrencyPermit>(cancellationToken);
        return _places.TryTake() ? new(Permit()) : EnterLaterAsync(cancellationToken);
    }

    /// <summary>Takes a place if one is free, without waiting; nothing is allocated.</summary>
    /// <param name="permit">
    /// The permit; dispose it to give the place back. If there was no place, the default, which is safe to dispose.
    /// </param>
    /// <returns>Whether there was a free place.</returns>
    public bool TryEnter(out ConcurrencyPermit permit)
    {
        var entered = _places.TryTake();
        permit = entered ? Permit() : default;
        if (!entered)
            LimitTelemetry.Full(Name);
        return entered;
    }

    /// <summary>Gives the place of a permit back, unless that was done already.</summary>
    internal void Leave(int slot, int version)
    {
        if (_slots.TryFree(slot, version))
            _places.Release();
    }

    private ConcurrencyPermit Permit()
    {
        var slot = _slots.Claim(out var version);
        return new ConcurrencyPermit(this, slot, version);
    }

    private ConcurrencyLimitException Full()
    {
        LimitTelemetry.Full(Name);
        return new(
            MaxConcurrent,
            MaxQueued,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The call was refused: {MaxConcurrent} run already and {MaxQueued} wait, which is the limit."));
    }

    private ConcurrencyLimitException WaitedTooLong()
    {
        LimitTelemetry.WaitedTooLong(Name);
        return new(
            MaxConcurrent,
            MaxQueued,
            $"The call was refused: no place became free within '{_queueTimeout:c}', the longest time to wait.");
    }
}
