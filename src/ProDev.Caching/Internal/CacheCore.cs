namespace ProDev.Caching.Internal;

/// <summary>What all stores of one cache share: its clock, its tags, its limit, its defaults, its second level.</summary>
internal sealed class CacheCore : ISecondLevelListener
{
    public CacheCore(ProDevCachingOptions options, CacheParts parts)
    {
        Defaults = EntrySettings.BuiltIn.With(options.DefaultEntryOptions);
        var logger = new HarmlessLogger(parts.Logger);
        Clock = new CacheClock(parts.Time);
        Random = parts.Random;
        SecondLevel = parts.SecondLevel;
        Copies = new ValueCopies(parts.Serializers ?? new CacheSerializers(services: null, serviceKey: null, parts.Name, logger), parts.Name, logger);
        Telemetry = new CacheTelemetry(parts.Name, logger);
        Eviction = new EntryEviction(options, Clock);
        SecondLevel?.Listen(this);
    }

    public EntrySettings Defaults { get; }

    public CacheClock Clock { get; }

    /// <summary>Numbers from 0 to 1, for jitter.</summary>
    public Func<double> Random { get; }

    public TagTable Tags { get; } = new();

    public EntryEviction Eviction { get; }

    public CacheStores Stores { get; } = new();

    public SecondLevel? SecondLevel { get; }

    public ValueCopies Copies { get; }

    public CacheTelemetry Telemetry { get; }

    /// <summary>Removes from memory what has the tag.</summary>
    public void RemoveByTag(string tag)
    {
        Tags.Invalidate(tag);
        if (tag != TagTable.Everything)
            return;
        Eviction.SweepAll();
        Telemetry.Flush();
    }

    /// <summary>Lets eviction catch up with what was stored and removed, and tells what it has done. Not to be called under a lock.</summary>
    public void CatchUp()
    {
        Eviction.CatchUp();
        Telemetry.Flush();
    }

    /// <summary>Removes from all levels what has the tag: memory, the second level, and memory once more for what was read in between.</summary>
    public ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken)
    {
        RemoveByTag(tag);
        return SecondLevel is { } level ? RemoveByTagAsync(level, tag, cancellationToken) : default;
    }

    /// <summary>
    /// Removes what has every one of the tags. The second level cannot find it, so that there everything goes that has the last of them.
    /// </summary>
    public ValueTask RemoveByAllTagsAsync(IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        RemoveWithAllTags(tags);
        return SecondLevel is { } level ? RemoveByAllTagsAsync(level, tags, cancellationToken) : default;
    }

    private async ValueTask RemoveByTagAsync(SecondLevel level, string tag, CancellationToken cancellationToken)
    {
        try
        {
            await level.InvalidateTagAsync(tag, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            RemoveByTag(tag);
        }
    }

    private async ValueTask RemoveByAllTagsAsync(SecondLevel level, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        try
        {
            await level.InvalidateTagAsync(tags[^1], cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            RemoveWithAllTags(tags);
        }
    }

    // Counted first, for loads whose tags are not known yet: the second level is just telling them.
    private void RemoveWithAllTags(IReadOnlyList<string> tags)
    {
        Tags.CountInvalidation();
        Stores.RemoveWithAllTags(tags);
    }

    void ISecondLevelListener.KeyRemoved(string key) => Stores.OnNotice(CacheNoticeKind.KeyRemoved, key);

    void ISecondLevelListener.KeyExpired(string key) => Stores.OnNotice(CacheNoticeKind.KeyExpired, key);

    void ISecondLevelListener.TagInvalidated(string tag) => RemoveByTag(tag);

    // Whatever was missed concerns something that memory holds, so memory starts anew; the second level still has what is good.
    void ISecondLevelListener.Missed() => RemoveByTag(TagTable.Everything);
}
