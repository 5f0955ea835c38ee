namespace ProDev.Caching.Internal;

/// <summary>
/// A stored value with its times and its tags; what eviction keeps about it is in the other part. A hit compares one moment, the next one at
/// which anything has to be done: expire, be refreshed, or be prolonged because it is read. All that is left to <see cref="Attend"/>.
/// </summary>
internal abstract partial class CacheEntry
{
    // A sliding entry notes its readers this often within its time, so that most hits write nothing.
    private const int SlidingSteps = 8;

    private readonly TagStamps _stamps;
    private readonly long _staleFor;
    private long _sliding;
    private long _attentionAt;
    private long _expiresAt;
    private long _refreshAt;
    private long _unreadUntil = CacheClock.Never;
    private long _staleUntil;
    private volatile bool _isRemoved;

    protected CacheEntry(in EntryTimes times, long now, TagStamps stamps)
    {
        _stamps = stamps;
        _expiresAt = times.ExpiresAt;
        _staleFor = times.StaleFor;
        _staleUntil = Later(_expiresAt, _staleFor);
        _refreshAt = times.RefreshAt;
        _sliding = times.Sliding;
        Slide(now);
    }

    /// <summary>Whether it has left its store.</summary>
    public bool IsRemoved => _isRemoved;

    /// <summary>Neither it nor what it was loaded from has been invalidated by a tag.</summary>
    public bool AreTagsCurrent => _stamps.AreCurrent;

    public TagStamps Stamps => _stamps;

    public void MarkRemoved() => _isRemoved = true;

    /// <summary>Whether it can be served as it is. The hot path.</summary>
    public bool IsHit(long now) => now < Volatile.Read(ref _attentionAt) && _stamps.AreCurrent;

    /// <summary>Whether it is of any use, be it to fail-safe.</summary>
    public bool IsAlive(long now) => _stamps.AreCurrent && (now < FreshUntil || now < StaleUntil);

    /// <summary>Whether it is of no use to anybody any more. The only question eviction asks about time and tags.</summary>
    public bool IsSpent(long now) => !IsAlive(now);

    /// <summary>Says what a reader may do, and notes that there was one.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="mayRefresh">Whether the reader can load; of several who can, one gets <see cref="EntryState.RefreshDue"/>.</param>
    public EntryState Attend(long now, bool mayRefresh)
    {
        if (!_stamps.AreCurrent)
            return EntryState.Dead;
        if (now >= FreshUntil)
            return now < StaleUntil ? EntryState.Stale : EntryState.Dead;

        // Exchanged, so that of several readers who see the moment one gets it.
        var isDue = mayRefresh && now >= Volatile.Read(ref _refreshAt) && now >= Interlocked.Exchange(ref _refreshAt, CacheClock.Never);
        Slide(now);
        return isDue ? EntryState.RefreshDue : EntryState.Fresh;
    }

    /// <summary>What it is, without noting a reader.</summary>
    public EntryState StateAt(long now)
    {
        if (!_stamps.AreCurrent)
            return EntryState.Dead;
        return now < FreshUntil ? EntryState.Fresh : now < StaleUntil ? EntryState.Stale : EntryState.Dead;
    }

    /// <summary>Makes it stale.</summary>
    public void Expire(long now)
    {
        if (now < FreshUntil)
            Volatile.Write(ref _staleUntil, Math.Min(StaleUntil, Later(now, _staleFor)));
        Volatile.Write(ref _expiresAt, Math.Min(now, Volatile.Read(ref _expiresAt)));
        Volatile.Write(ref _attentionAt, long.MinValue);
    }

    /// <summary>After a load has failed: serves it until <paramref name="until"/> without another try, as far as fail-safe allows.</summary>
    public void Throttle(long now, long until)
    {
        if (now < FreshUntil)
        {
            Volatile.Write(ref _refreshAt, until);
        }
        else
        {
            // The first end counts for fail-safe, and until the throttle is over neither a refresh nor the lack of readers asks the source.
            var staleUntil = StaleUntil;
            Volatile.Write(ref _staleUntil, staleUntil);
            Volatile.Write(ref _refreshAt, CacheClock.Never);
            Volatile.Write(ref _sliding, 0);
            Volatile.Write(ref _unreadUntil, CacheClock.Never);
            Volatile.Write(ref _expiresAt, Math.Min(until, staleUntil));
        }

        // The next reader sets the moment anew. It is not done here, for a load that fails is no reader, who would prolong it.
        Volatile.Write(ref _attentionAt, long.MinValue);
    }

    /// <summary>Removes it from its store, unless it has been removed or replaced already.</summary>
    public abstract void Evict();

    private long FreshUntil => Math.Min(Volatile.Read(ref _expiresAt), Volatile.Read(ref _unreadUntil));

    // Fail-safe counts from where it expired, be it that nobody read it.
    private long StaleUntil => Math.Min(Volatile.Read(ref _staleUntil), Later(Volatile.Read(ref _unreadUntil), _staleFor));

    private void Slide(long now)
    {
        var next = CacheClock.Never;
        if (Volatile.Read(ref _sliding) is > 0 and var sliding)
        {
            Volatile.Write(ref _unreadUntil, Later(now, sliding));
            next = Later(now, Math.Max(1, sliding / SlidingSteps));
        }

        // Once more when somebody has changed a moment meanwhile, for theirs must not be lost.
        long expiresAt, refreshAt;
        do
        {
            expiresAt = Volatile.Read(ref _expiresAt);
            refreshAt = Volatile.Read(ref _refreshAt);
            Interlocked.Exchange(ref _attentionAt, Math.Min(next, Math.Min(expiresAt, refreshAt)));
        }
        while (expiresAt != Volatile.Read(ref _expiresAt) || refreshAt != Volatile.Read(ref _refreshAt));
    }

    private static long Later(long now, long milliseconds) => milliseconds >= CacheClock.Never - now ? CacheClock.Never : now + milliseconds;
}
