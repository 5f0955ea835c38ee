namespace ProDev.Caching.Internal;

// What eviction keeps about an entry lives in the entry: no second object for each, and no lookup to find it. Only the reads
// are touched by hits. Segment and neighbours belong to the policy and its lock, the rest to the list of changes.
internal abstract partial class CacheEntry
{
    /// <summary>More reads than this between two looks are not counted, so a hot entry is only read, not written.</summary>
    public const int MostReads = FrequencySketch.Most;

    private byte _reads;
    private byte _countedReads;
    private int _isChanged;

    /// <summary>The hash of its key, mixed with its store's, for two methods may have equal keys.</summary>
    public int Hash { get; init; }

    /// <summary>What it counts for where the limit is a weight. At least 1.</summary>
    public long Weight { get; init; } = 1;

    /// <summary>Where it is; null before it is first looked at, and after it has left.</summary>
    public EntryList? Segment { get; set; }

    public CacheEntry? Newer { get; set; }

    public CacheEntry? Older { get; set; }

    /// <summary>The entry that changed before it.</summary>
    public CacheEntry? ChangedBefore { get; set; }

    /// <summary>How many had changed, with it, when it did.</summary>
    public int ChangeDepth { get; set; }

    // Not interlocked: a lost count costs nothing, a locked instruction costs as much as half of the lookup.
    public void MarkUsed()
    {
        var reads = _reads;
        if (reads < MostReads)
            _reads = (byte)(reads + 1);
    }

    /// <summary>The reads that nobody has asked for yet, about. Leaves one, so that it is still known that there were any.</summary>
    public int TakeNewReads()
    {
        var reads = _reads;
        if (reads <= _countedReads)
            return 0;
        var taken = reads - _countedReads;
        _reads = 1;
        _countedReads = 1;
        return taken;
    }

    /// <summary>Whether it was read since this was last asked; asking forgets.</summary>
    public bool TakeWasRead()
    {
        var wasRead = _reads != 0;
        if (wasRead)
            _reads = 0;
        _countedReads = 0;
        return wasRead;
    }

    /// <summary>Answers true to the first who asks, until <see cref="ClearChanged"/>.</summary>
    public bool TryMarkChanged() => Interlocked.Exchange(ref _isChanged, 1) == 0;

    // A full fence: what is read of the entry afterwards is at least as new as the last change that was not listed anew.
    public void ClearChanged() => Interlocked.Exchange(ref _isChanged, 0);
}
