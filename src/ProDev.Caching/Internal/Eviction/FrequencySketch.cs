using System.Diagnostics;

namespace ProDev.Caching.Internal;

/// <summary>
/// Estimates how often each key was used of late, the absent ones included, in eight bytes for each entry the cache holds: the
/// count-min sketch with aging of Einziger, Friedman and Manes, "TinyLFU: A Highly Efficient Cache Admission Policy" (ACM
/// Transactions on Storage 13:4, 2017).
/// 1. A key has four counters of four bits; its estimate is the least of them. All four lie in one block of 64 bytes.
/// 2. Once uses amount to ten for each word of the table, all counters are halved, so that the past fades.
/// 3. The table doubles with the number of entries. Each half starts as a copy, so every key finds its counters again.
/// 4. The random seed of each instance decides which keys share counters, so nobody can choose keys that do.
/// Not safe for several threads. Every call is O(1), aging and growth amortised.
/// </summary>
internal sealed class FrequencySketch(ulong seed)
{
    /// <summary>The most a key is estimated at.</summary>
    public const int Most = 15;

    private const int Rows = 4;
    private const int CounterBits = 4;
    private const int WordsPerBlock = 2 * Rows;
    private const int SmallestTable = 8 * WordsPerBlock;
    private const int LargestTable = 1 << 27;
    private const int UsesPerWord = 10;
    private const ulong AllButHighestBits = 0x7777_7777_7777_7777;

    // The block comes from the lowest bits of the hash, the counters from five bits for each row above this one.
    private const int FirstRowBit = 44;
    private const int BitsPerRow = 1 + CounterBits;

    private ulong[] _words = new ulong[SmallestTable];
    private long _uses;

    /// <summary>How many entries the table serves well.</summary>
    internal int Capacity => _words.Length;

    /// <summary>Makes room for the given number of entries.</summary>
    public void Reserve(int entries)
    {
        while (_words.Length < entries && _words.Length < LargestTable)
        {
            var words = new ulong[2 * _words.Length];
            _words.CopyTo(words, 0);
            _words.CopyTo(words, _words.Length);
            _words = words;
        }
    }

    /// <summary>The number of uses, or more when other keys share all counters; at most <see cref="Most"/>.</summary>
    public int Estimate(int hash)
    {
        var spread = Spread(hash);
        var least = Most;
        for (var row = 0; row < Rows; row++)
        {
            var (word, shift) = Counter(spread, row);
            least = Math.Min(least, (int)(_words[word] >> shift) & Most);
        }

        return least;
    }

    /// <summary>Counts uses of a key.</summary>
    public void Add(int hash, int uses)
    {
        Debug.Assert(uses is > 0 and <= Most, "An entry counts no more reads.");
        var spread = Spread(hash);
        for (var row = 0; row < Rows; row++)
        {
            var (word, shift) = Counter(spread, row);
            var count = (int)(_words[word] >> shift) & Most;
            _words[word] += (ulong)Math.Min(uses, Most - count) << shift;
        }

        _uses += uses;
        if (_uses >= (long)UsesPerWord * _words.Length)
            Age();
    }

    /// <summary>Counts the reads that an entry has collected since the last time, and returns how many there were.</summary>
    public int CountReads(CacheEntry entry)
    {
        var reads = entry.TakeNewReads();
        if (reads > 0)
            Add(entry.Hash, reads);
        return reads;
    }

    private void Age()
    {
        foreach (ref var word in _words.AsSpan())
            word = (word >> 1) & AllButHighestBits;
        _uses /= 2;
    }

    private (int Word, int Shift) Counter(ulong spread, int row)
    {
        var block = (int)(spread & (ulong)(_words.Length - 1)) & -WordsPerBlock;
        var bits = (int)(spread >> (FirstRowBit + (row * BitsPerRow)));
        return (block + (2 * row) + (bits & 1), ((bits >> 1) & Most) * CounterBits);
    }

    // Two rounds of multiply and fold: every bit of the seed and the hash reaches every bit of the answer.
    private ulong Spread(int hash)
    {
        var spread = ((uint)hash + seed) * 0x9E37_79B9_7F4A_7C15;
        spread = (spread ^ (spread >> 32)) * 0xD1B5_4A32_D192_ED03;
        return spread ^ (spread >> 29);
    }
}
