namespace ProDev.Caching.Internal;

/// <summary>
/// Decides which entries stay: W-TinyLFU, after Einziger, Friedman and Manes, "TinyLFU: A Highly Efficient Cache Admission
/// Policy" (ACM Transactions on Storage 13:4, 2017), with the window and the segments of the Java library Caffeine.
/// 1. A new entry enters the window: first in, first out, a hundredth of the limit at first. It <see cref="WindowSize">grows and
///    shrinks</see> with what the traffic shows, up to four fifths.
/// 2. What the window has no room for is a candidate for the main space, the rest of the limit. Where there is room, it enters.
/// 3. Else it has to be worth more than what would go for it: its frequency is held against those of the oldest on probation,
///    added up when it takes several to make room. The loser leaves the cache; the candidate loses a draw. So keys that are
///    used once, however many, do not displace those that are used more often.
/// 4. An entry on probation that was read is promoted to the protected, four fifths of the main space. What they have no room
///    for goes back on probation.
/// 5. A hit only counts up in its entry. The reads go to the frequency sketch, and the entry is promoted, when it becomes the
///    oldest on probation and is about to be judged. In between it keeps its place, as with the algorithm CLOCK; only its reads
///    are counted when the hand comes by.
/// 6. A candidate of some frequency that lost is let in once in 128 times: keys chosen to share their counters with those that
///    are in cannot keep everything else out. This, too, is Caffeine's.
/// 7. An entry that fits neither space is not kept. A hand goes round with the writes and takes away what is spent.
/// Not safe for several threads. Each call is O(1), amortised over the entries that were added; only <see cref="EvictSpent"/>
/// looks at all of them.
/// </summary>
internal sealed class WindowTinyLfu
{
    private readonly WindowSize _size;
    private readonly RejectedKeys _rejected = new();
    private readonly FrequencySketch _sketch;
    private readonly EntryList _window;
    private readonly MainSpace _main;
    private readonly SweepHand _hand;

    /// <param name="limit">The most the entries may count for together. At least 1.</param>
    /// <param name="weighs">Whether an entry counts for its weight, not for one.</param>
    /// <param name="seed">A number that nobody else knows.</param>
    public WindowTinyLfu(long limit, bool weighs, ulong seed)
    {
        _size = new WindowSize(limit);
        _sketch = new FrequencySketch(seed);
        _window = new EntryList(weighs);
        _main = new MainSpace(_size, weighs, _sketch, seed);
        _hand = new SweepHand(Segments);
    }

    public int Count => _window.Count + _main.Count;

    public long Weight => _window.Weight + _main.Weight;

    /// <summary>How the limit is divided at the moment.</summary>
    internal WindowSize Size => _size;

    /// <summary>Window, probation and protected.</summary>
    internal EntryList[] Segments => [_window, _main.Probation, _main.Protected];

    /// <summary>Takes in an entry that was stored, and evicts what has to go for it, or itself.</summary>
    public void Add(CacheEntry entry, long now)
    {
        _sketch.Reserve(Count + 1);
        _rejected.Reserve(Count + 1);
        _sketch.Add(entry.Hash, 1);
        var weight = _window.WeightOf(entry);
        if (_rejected.Take(entry.Hash, _size.Reach))
            _size.Grow(_main.MeanWeight);

        if (weight <= _size.Window)
        {
            _window.Add(entry);
            Fit(now);
            return;
        }

        // It would push everything else out of the window and then itself.
        if (weight > _size.Main)
            _size.LetMainHold(weight);
        Fit(now);
        Leave(entry, now);
    }

    /// <summary>Looks at the next entry of the hand's round: evicts it if it is spent, or else counts its reads.</summary>
    public void SweepNext(long now)
    {
        if (_hand.Take() is not { } entry)
            return;
        if (entry.IsSpent(now))
            Evict(entry);
        else if (entry.Segment == _main.Probation)
            _main.CountReads(entry);
    }

    /// <summary>Evicts all spent entries.</summary>
    public void EvictSpent(long now)
    {
        foreach (var segment in Segments)
        {
            for (var entry = segment.Newest; entry is not null;)
            {
                var older = entry.Older;
                if (entry.IsSpent(now))
                    Evict(entry);
                entry = older;
            }
        }
    }

    // The main space first: when the window has grown, it is too large, and when the window has shrunk, it has room.
    private void Fit(long now)
    {
        _main.Fit(now);
        while (_window.Weight > _size.Window)
        {
            var oldest = _window.Oldest!;
            _window.Remove(oldest);
            Leave(oldest, now);
        }
    }

    // Only a key that was turned away, not one that expired, would have been served longer by a larger window.
    private void Leave(CacheEntry entry, long now)
    {
        _rejected.Pass(_window.WeightOf(entry));
        if (entry.IsSpent(now))
        {
            entry.Evict();
        }
        else if (!_main.TryEnter(entry, now))
        {
            _rejected.Add(entry.Hash);
            entry.Evict();
        }
    }

    private static void Evict(CacheEntry entry)
    {
        entry.Segment!.Remove(entry);
        entry.Evict();
    }
}
