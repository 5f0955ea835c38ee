using Microsoft.Extensions.Caching.Hybrid;

namespace ProDev.Caching.Internal;

/// <summary>
/// A load that callers of the same key share. Its fields change only under the lock of the stripe it hangs on.
/// <code>
/// linked ── loaded ──────────────► published (if its tags are current), unlinked, completed
///   │ └──── failed ──────────────► unlinked, completed with the exception
///   ├────── key removed or set ──► unlinked: completes for the callers it has, never publishes
///   └────── last caller left ────► unlinked, its token cancelled
/// </code>
/// </summary>
// CA1001: a source without a timer and without a wait handle holds nothing that would have to be disposed.
#pragma warning disable CA1001
internal abstract class Flight(HybridCacheEntryFlags flags, TagStamps stamps)
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>Callers that still wait. The load is cancelled when none is left.</summary>
    public int Callers { get; set; } = 1;

    /// <summary>Whether the caller who started it has left while others wait.</summary>
    public bool StarterLeft { get; set; }

    /// <summary>Whether it hangs in its stripe, where callers find it, and may publish.</summary>
    public bool IsLinked { get; set; } = true;

    /// <summary>The next flight for the same key, which loads another type or has other flags.</summary>
    public Flight? Next { get; set; }

    public HybridCacheEntryFlags Flags { get; } = flags;

    public TagStamps Stamps { get; } = stamps;

    /// <summary>The thread of a synchronous load, 0 otherwise.</summary>
    public int LoadingThread { get; set; }

    /// <summary>What the loading code sees: cancelled when no caller is left, never by one of several.</summary>
    public CancellationToken Token => _cancellation.Token;

    // Registered callbacks run on the pool: the last caller to leave neither waits for them nor gets their exceptions.
    public void Cancel() => _ = _cancellation.CancelAsync();
}
