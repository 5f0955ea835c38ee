namespace ProDev.Caching.Internal;

/// <summary>The main space of <see cref="WindowTinyLfu"/>: who is admitted, who is protected, and who goes.</summary>
internal sealed class MainSpace
{
    private const int ProbationPart = 5;
    private const int MostPromotions = 16;
    private const int LuckyFrequency = 6;
    private const int LuckyOnceIn = 128;

    private readonly WindowSize _size;
    private readonly FrequencySketch _sketch;
    private ulong _luck;

    public MainSpace(WindowSize size, bool weighs, FrequencySketch sketch, ulong seed)
    {
        _size = size;
        _sketch = sketch;
        _luck = seed | 1;
        Probation = new EntryList(weighs);
        Protected = new EntryList(weighs);
    }

    public EntryList Probation { get; }

    public EntryList Protected { get; }

    public int Count => Probation.Count + Protected.Count;

    public long Weight => Probation.Weight + Protected.Weight;

    /// <summary>What an entry counts for in the mean; 1 when there is none.</summary>
    public long MeanWeight => Count == 0 ? 1 : Weight / Count;

    private long ProtectedLimit => Math.Max(0, _size.Main - (_size.Main / ProbationPart) - 1);

    /// <summary>Admits an entry that is in no list, and evicts what has to go for it; or answers false.</summary>
    public bool TryEnter(CacheEntry candidate, long now)
    {
        TakeReads(candidate);
        var excess = Probation.WeightOf(candidate) - (_size.Main - Weight);
        if (excess > 0 && !MakeRoom(excess, _sketch.Estimate(candidate.Hash), now))
            return false;
        Probation.Add(candidate);
        return true;
    }

    /// <summary>Evicts the oldest that were not read until all others fit. To be called when the window has grown.</summary>
    public void Fit(long now)
    {
        for (var promotions = 0; Weight > _size.Main;)
        {
            var victim = First!;
            if (promotions < MostPromotions && !victim.IsSpent(now) && TakeReads(victim))
            {
                promotions++;
                Promote(victim);
            }
            else
            {
                Evict(victim);
            }
        }

        Demote();
    }

    /// <summary>Counts the reads of an entry that stays where it is. If it is on probation, they speak against a larger window.</summary>
    public void CountReads(CacheEntry entry)
    {
        var reads = _sketch.CountReads(entry);
        if (reads > 0 && entry.Segment == Probation)
            _size.Shrink(MeanWeight, reads, Probation.Weight);
    }

    private bool TakeReads(CacheEntry entry)
    {
        CountReads(entry);
        return entry.TakeWasRead();
    }

    // Moves an entry that was read to where it is safest.
    private void Promote(CacheEntry entry)
    {
        entry.Segment!.Remove(entry);
        Protected.Add(entry);
        Demote();
    }

    // What an entry was read while it was protected says nothing about those on probation, so it is counted before it goes there.
    private void Demote()
    {
        while (Protected.Weight > ProtectedLimit)
        {
            var demoted = Protected.Oldest!;
            CountReads(demoted);
            Protected.Remove(demoted);
            Probation.Add(demoted);
        }
    }

    // Finds the victims from the oldest on, and evicts them when they are worth less than the candidate, all together. Those of
    // no worth and the spent ones go in any case. So a walk that evicts nobody ends after fifteen victims and the promotions,
    // which are limited, too: otherwise one write might have to promote everything.
    private bool MakeRoom(long excess, int worth, long now)
    {
        var victims = 0;
        var rivals = 0;
        var promotions = 0;
        var isLucky = false;
        var next = First;
        while (excess > 0)
        {
            if (next is not { } victim)
                return false;
            next = After(victim);
            var isSpent = victim.IsSpent(now);
            if (!isSpent && TakeReads(victim) && promotions < MostPromotions)
            {
                promotions++;
                Promote(victim);
                continue;
            }

            excess -= Probation.WeightOf(victim);
            var rival = isSpent ? 0 : _sketch.Estimate(victim.Hash);
            if (rival == 0)
            {
                Evict(victim);
                continue;
            }

            rivals += rival;
            victims++;
            isLucky = isLucky || (rivals >= worth && IsLucky(worth));
            if (rivals >= worth && !isLucky)
                return false;
        }

        for (; victims > 0; victims--)
            Evict(First!);
        return true;
    }

    private CacheEntry? First => Probation.Oldest ?? Protected.Oldest;

    private CacheEntry? After(CacheEntry victim) => victim.Newer ?? (victim.Segment == Probation ? Protected.Oldest : null);

    // A step of Marsaglia's xorshift generator, "Xorshift RNGs" (Journal of Statistical Software 8:14, 2003).
    private bool IsLucky(int worth)
    {
        _luck ^= _luck << 13;
        _luck ^= _luck >> 7;
        _luck ^= _luck << 17;
        return worth >= LuckyFrequency && _luck % LuckyOnceIn == 0;
    }

    private static void Evict(CacheEntry entry)
    {
        entry.Segment!.Remove(entry);
        entry.Evict();
    }
}
