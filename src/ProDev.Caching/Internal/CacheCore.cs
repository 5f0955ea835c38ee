namespace ProDev.Caching.Internal;

/// <summary>What all stores of one cache share: its clock, its tags, its limit and its defaults.</summary>
internal sealed class CacheCore
{
    private readonly TimeSpan _defaultExpiration;
    private readonly TimeSpan? _defaultLocalExpiration;

    public CacheCore(ProDevCachingOptions options, TimeProvider time)
    {
        _defaultExpiration = options.DefaultExpiration;
        _defaultLocalExpiration = options.DefaultLocalExpiration;
        Clock = new CacheClock(time);
        Eviction = new EntryEviction(options, Clock);
    }

    public CacheClock Clock { get; }

    public TagTable Tags { get; } = new();

    public EntryEviction Eviction { get; }

    /// <summary>How long a value is kept here: the smaller of its expiration and its local expiration, each with its default.</summary>
    public TimeSpan Lifetime(TimeSpan? expiration, TimeSpan? localExpiration)
    {
        var both = expiration ?? _defaultExpiration;
        var local = localExpiration ?? _defaultLocalExpiration ?? both;
        return local < both ? local : both;
    }

    public void RemoveByTag(string tag)
    {
        Tags.Invalidate(tag);
        if (tag == TagTable.Everything)
            Eviction.SweepAll();
    }
}
