namespace ProDev.Caching.Internal;

// Changes that concern both levels. Memory comes first, so that this process sees the change at once; then the second level; then memory
// once more, for between the two somebody may have read the old value from the second level. Also when the caller has left in between.
internal sealed partial class CacheStore<TKey>
{
    public ValueTask SetAsync<TValue>(TKey key, TValue value, in EntryPlan plan, CancellationToken cancellationToken)
    {
        var entry = Set(key, value, plan);
        return SecondLevel is { } level && plan.Settings.WritesDistributed ? SetInSecondLevelAsync(level, key, value, entry, plan, cancellationToken) : default;
    }

    public ValueTask RemoveAsync(TKey key, CancellationToken cancellationToken)
    {
        Remove(key);
        return SecondLevel is { } level ? RemoveFromSecondLevelAsync(level, key, cancellationToken) : default;
    }

    public ValueTask ExpireAsync(TKey key, CancellationToken cancellationToken)
    {
        Expire(key);
        return SecondLevel is { } level ? ExpireInSecondLevelAsync(level, key, cancellationToken) : default;
    }

    private async ValueTask SetInSecondLevelAsync<TValue>(SecondLevel level, TKey key, TValue value, CacheEntry? entry, EntryPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            var text = _format!.Write(key);
            if (value is null && plan.Settings.Nulls == NullCaching.Skip)
                await level.RemoveAsync(text, cancellationToken).ConfigureAwait(false);
            else
                await level.SetAsync(text, value, (entry?.Stamps ?? _core.Tags.Stamp(plan.Tags)).Names, plan.Settings, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            RemoveAllBut(entry, key);
        }
    }

    private async ValueTask RemoveFromSecondLevelAsync(SecondLevel level, TKey key, CancellationToken cancellationToken)
    {
        try
        {
            await level.RemoveAsync(_format!.Write(key), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Remove(key);
        }
    }

    private async ValueTask ExpireInSecondLevelAsync(SecondLevel level, TKey key, CancellationToken cancellationToken)
    {
        try
        {
            await level.ExpireAsync(_format!.Write(key), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Expire(key);
        }
    }
}
