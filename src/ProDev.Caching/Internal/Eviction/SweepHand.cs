namespace ProDev.Caching.Internal;

/// <summary>
/// Walks all entries of some lists round and round, from the newest to the oldest of each. New entries come in behind it, so
/// they do not keep it from getting round. One that moves while the hand is in the same list may be passed over in that round.
/// </summary>
internal sealed class SweepHand(params EntryList[] lists)
{
    private int _list = lists.Length - 1;

    /// <summary>The next entry; null when the lists are empty.</summary>
    public CacheEntry? Take()
    {
        for (var tries = 0; lists[_list].Cursor is null && tries < lists.Length; tries++)
        {
            _list = (_list + 1) % lists.Length;
            lists[_list].Cursor = lists[_list].Newest;
        }

        var taken = lists[_list].Cursor;
        lists[_list].Cursor = taken?.Older;
        return taken;
    }
}
