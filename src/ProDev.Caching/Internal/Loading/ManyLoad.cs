namespace ProDev.Caching.Internal;

/// <summary>A call for several values.</summary>
/// <param name="KeyOf">The key of an item.</param>
/// <param name="Factory">Loads the values of items; those it does not answer have none.</param>
/// <param name="TagsOf">The tags of an item; null: none.</param>
/// <param name="Settings">How the values are loaded and kept.</param>
internal sealed record ManyLoad<TKey, TItem, TValue>(
    Func<TItem, TKey> KeyOf,
    Func<IReadOnlyList<TItem>, CancellationToken, ValueTask<IReadOnlyDictionary<TItem, TValue>>> Factory,
    Func<TItem, IEnumerable<string>?>? TagsOf,
    EntrySettings Settings)
{
    public EntryPlan PlanOf(TItem item) => new(Settings, TagsOf?.Invoke(item));
}
