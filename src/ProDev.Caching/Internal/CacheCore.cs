namespace ProDev.Caching.Internal;

/// <summary>What all stores of one cache share: its clock, its tags, its limit and its defaults.</summary>
internal sealed class CacheCore
{
    public CacheCore(ProDevCachingOptions options, TimeProvider time)
    {
        Defaults = EntrySettings.BuiltIn.With(options.DefaultEntryOptions);
        Clock = new CacheClock(time);
        Eviction = new EvictionQueue(options.MaximumEntries, Clock);
    }

    public EntrySettings Defaults { get; }

    public CacheClock Clock { get; }

    public TagTable Tags { get; } = new();

    public EvictionQueue Eviction { get; }

    public void RemoveByTag(string tag)
    {
        Tags.Invalidate(tag);
        if (tag == TagTable.Everything)
            Eviction.SweepAll();
    }
}
