using Microsoft.Extensions.Caching.Hybrid;

namespace ProDev.Caching.Internal;

/// <summary>
/// A load that callers of the same key share. Its fields change only under the lock of the stripe it hangs on.
/// <code>
/// linked ── loaded ──────────────► published (if its tags are current), unlinked, completed
///   │ ├──── failed ──────────────► unlinked, completed with a stale value where fail-safe has one, else with the exception
///   │ └──── a caller's time is up ► detached: nobody's leaving cancels it any more; it ends in one of the two ways above
///   ├────── key removed or set ──► unlinked: completes for the callers it has, never publishes
///   └────── last caller left ────► unlinked, its token cancelled
/// </code>
/// </summary>
// CA1001: a source without a timer and without a wait handle holds nothing that would have to be disposed.
#pragma warning disable CA1001
internal abstract class Flight(EntrySettings settings, TagStamps stamps, long startedAt, bool isCancellable)
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource? _cancellation = isCancellable ? new CancellationTokenSource() : null;

    /// <summary>Callers that still wait. The load is cancelled when none is left.</summary>
    public int Callers { get; set; } = 1;

    /// <summary>Whether its failure is its starter's own affair: that caller had left, or asked for it as one of several.</summary>
    public bool StarterLeft { get; set; }

    /// <summary>Whether its callers have their answer.</summary>
    public bool IsOver { get; set; }

    /// <summary>The token of the caller who started it.</summary>
    public CancellationToken StarterToken { get; init; }

    /// <summary>Whether the source has no value: it was asked for several and did not answer this one.</summary>
    public bool IsAbsent { get; set; }

    /// <summary>Whether it hangs in its stripe, where callers find it, and may publish.</summary>
    public bool IsLinked { get; set; } = true;

    /// <summary>The next flight for the same key, which loads another type or has other flags.</summary>
    public Flight? Next { get; set; }

    /// <summary>Nobody waits for it: it refreshes an entry before that expires.</summary>
    public bool IsBackground { get; init; }

    /// <summary>It goes on when its last caller has left.</summary>
    public bool IsDetached { get; set; }

    /// <summary>How the value is to be kept; the factory may have its say.</summary>
    public EntrySettings Settings { get; set; } = settings;

    /// <summary>Whether the factory wants the value to be kept.</summary>
    public bool IsStored { get; set; } = true;

    public HybridCacheEntryFlags Flags { get; } = settings.Flags;

    /// <summary>The tags of the value, as they were before it was loaded.</summary>
    public TagStamps Stamps { get; set; } = stamps;

    public long StartedAt { get; } = startedAt;

    /// <summary>The thread that runs a synchronous load, or on which another one is just starting; 0 otherwise.</summary>
    public int LoadingThread { get; set; }

    /// <summary>Whether the load may still run when the caller who started it has gone on, so that it must not use what is that caller's.</summary>
    public bool MayOutliveCaller => IsBackground || Settings.MayOutliveCaller;

    /// <summary>What the loading code sees: cancelled when no caller is left, never by one of several.</summary>
    public CancellationToken Token => _cancellation?.Token ?? CancellationToken.None;

    // Registered callbacks run on the pool: the last caller to leave neither waits for them nor gets their exceptions.
    public void Cancel() => _cancellation?.CancelAndForget();

    /// <summary>Whether the value it loads, or the stale one it may serve, has every one of the tags.</summary>
    public abstract bool HasAllTags(IReadOnlyCollection<string> tags);
}
