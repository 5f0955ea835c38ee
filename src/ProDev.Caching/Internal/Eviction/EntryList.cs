using System.Diagnostics;

namespace ProDev.Caching.Internal;

/// <summary>Entries from the newest to the oldest, linked through themselves, with their number and their weight.</summary>
/// <param name="weighs">Whether an entry counts for its weight, not for one.</param>
internal sealed class EntryList(bool weighs)
{
    public CacheEntry? Newest { get; private set; }

    public CacheEntry? Oldest { get; private set; }

    public int Count { get; private set; }

    public long Weight { get; private set; }

    /// <summary>Where a walk through the list goes on; moves on by itself when that entry leaves.</summary>
    public CacheEntry? Cursor { get; set; }

    /// <summary>Adds an entry that is in no list.</summary>
    public void Add(CacheEntry entry)
    {
        Debug.Assert(entry.Segment is null, "An entry is in one list.");
        entry.Segment = this;
        entry.Older = Newest;
        if (Newest is null)
            Oldest = entry;
        else
            Newest.Newer = entry;
        Newest = entry;
        Count++;
        Weight += WeightOf(entry);
    }

    /// <summary>Removes an entry that is in this list.</summary>
    public void Remove(CacheEntry entry)
    {
        Debug.Assert(entry.Segment == this, "An entry leaves the list it is in.");
        if (Cursor == entry)
            Cursor = entry.Older;
        if (entry.Newer is null)
            Newest = entry.Older;
        else
            entry.Newer.Older = entry.Older;
        if (entry.Older is null)
            Oldest = entry.Newer;
        else
            entry.Older.Newer = entry.Newer;
        entry.Segment = null;
        entry.Newer = null;
        entry.Older = null;
        Count--;
        Weight -= WeightOf(entry);
    }

    /// <summary>What an entry counts for.</summary>
    public long WeightOf(CacheEntry entry) => weighs ? entry.Weight : 1;
}
