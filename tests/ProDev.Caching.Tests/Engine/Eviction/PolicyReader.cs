using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

/// <summary>Reads keys through a policy as a cache does: a read of an entry that is there counts, any other stores one.</summary>
internal sealed class PolicyReader(WindowTinyLfu policy)
{
    private const int Popular = 20_000;

    private readonly Dictionary<int, TestEntry> _entries = [];
    private uint _random = 1;
    private int _newest;

    /// <summary>What an entry weighs, by its key.</summary>
    public Func<int, long> WeightOf { get; init; } = _ => 1;

    /// <summary>Runs after each read.</summary>
    public Action AfterRead { get; init; } = () => { };

    /// <summary>New keys, each read about once more within the next <paramref name="reach"/>. Returns the part of hits.</summary>
    public double ReadNewKeys(int reads, int reach) =>
        Read(reads, read => read % 2 == 0 ? Popular + _newest++ : Popular + Math.Max(0, _newest - 1 - (int)(Fraction() * reach)));

    /// <summary>Few keys often and many keys seldom: the logarithm of the key is uniform. Returns the part of hits.</summary>
    public double ReadPopularKeys(int reads) => Read(reads, _ => (int)Math.Exp(Fraction() * Math.Log(Popular)));

    /// <summary>The same keys in the same order, again and again. Returns the part of hits.</summary>
    public double ReadLoop(int reads, int length) => Read(reads, read => read % length);

    private double Read(int reads, Func<int, int> next)
    {
        var hits = 0;
        for (var read = 0; read < reads; read++)
        {
            if (Read(next(read)))
                hits++;
            AfterRead();
        }

        return (double)hits / reads;
    }

    private bool Read(int key)
    {
        if (_entries.TryGetValue(key, out var found) && !found.IsRemoved)
        {
            found.MarkUsed();
            return true;
        }

        var entry = new TestEntry { Hash = key * 31, Weight = WeightOf(key) };
        _entries[key] = entry;
        policy.Add(entry, now: 0);
        policy.SweepNext(now: 0);
        policy.SweepNext(now: 0);
        return false;
    }

    private double Fraction()
    {
        _random = (_random * 1664525) + 1013904223;
        return (_random >> 8) / (double)(1 << 24);
    }
}
