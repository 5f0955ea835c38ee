namespace ProDev.Caching.Internal;

/// <summary>
/// A change that the store, or the other processes, do not know yet. Compared by reference: one that was replaced while it was
/// being delivered has not been delivered.
/// </summary>
/// <param name="kind">What has happened. A value that was set counts as removed: bound to the versions its tags have when it is delivered, it
/// could outlive an invalidation that came after it.</param>
/// <param name="text">The text of the key or the tag.</param>
/// <param name="isConfirmed">Whether the store has it, so that only the other processes have to be told.</param>
internal sealed class PendingChange(CacheNoticeKind kind, string text, bool isConfirmed)
{
    public CacheNoticeKind Kind => kind;

    public bool IsConfirmed => isConfirmed;

    public PendingSubject Subject => new(kind == CacheNoticeKind.TagInvalidated, text);

    public CacheNotice Notice => new(kind, text);

    public PendingChange Confirmed() => new(kind, text, isConfirmed: true);

    /// <summary>Both: removal is more than expiry, and what one of them has still to tell the store is told.</summary>
    public PendingChange With(PendingChange other) =>
        new(kind == CacheNoticeKind.KeyExpired ? other.Kind : kind, text, isConfirmed && other.IsConfirmed);
}
