using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class WeightTests
{
    private const int Limit = 1000;

    private readonly WindowTinyLfu _policy = new(Limit, weighs: true, seed: 1);
    private int _hash;

    [Fact]
    public void Weight_StaysWithinTheLimit_WhenEntriesOfAllSizesAreAdded()
    {
        for (var added = 0; added < 3000; added++)
        {
            Add(weight: 1 + (added * 7919 % 60)).Read(added % 5);
            StructureCheck.AssertConsistent(_policy, Limit, weighs: true);
        }

        Assert.InRange(_policy.Weight, Limit * 9 / 10, Limit);
    }

    [Fact]
    public void Entry_IsNotKept_WhenItIsHeavierThanTheLimit()
    {
        var others = Fill();

        var heavy = Add(Limit + 1).Read(15);

        Assert.True(heavy.IsRemoved);
        Assert.All(others, entry => Assert.False(entry.IsRemoved));
    }

    [Fact]
    public void Entry_IsKept_WhenItFillsTheMainSpaceAlone()
    {
        Assert.False(Add(Limit * 99 / 100).IsRemoved);
        Assert.True(Add((Limit * 99 / 100) + 1).IsRemoved);
    }

    [Fact]
    public void HeavyEntry_IsNotKept_WhenThoseItWouldDisplaceAreWorthMoreTogether()
    {
        var others = Fill();

        // Used twice, and each of the five that would go for it once. Not twice in a row: a larger window would keep that.
        Add(weight: 50);
        var hash = _hash;
        Add(weight: 50);
        var heavy = new TestEntry { Hash = hash, Weight = 50 };
        _policy.Add(heavy, now: 0);

        Assert.True(heavy.IsRemoved);
        Assert.All(others, entry => Assert.False(entry.IsRemoved));
    }

    [Fact]
    public void HeavyEntry_DisplacesSeveral_WhenItIsWorthMoreThanThemTogether()
    {
        var others = Fill();

        var heavy = new TestEntry { Hash = ++_hash, Weight = 50 };
        _policy.Add(heavy.Read(8), now: 0);

        Assert.False(heavy.IsRemoved);
        Assert.Equal(5, others.Count(entry => entry.IsRemoved));
        Assert.All(others.Take(5), entry => Assert.True(entry.IsRemoved));
    }

    [Fact]
    public void Weights_DoNotOverflow_WhenTheLimitIsTheLargestThereIs()
    {
        var policy = new WindowTinyLfu(long.MaxValue, weighs: true, seed: 1);
        for (var added = 0; added < 20; added++)
        {
            policy.Add(new TestEntry { Hash = ++_hash, Weight = long.MaxValue / 10 * 9 }, now: 0);
            policy.Add(new TestEntry { Hash = ++_hash, Weight = long.MaxValue }, now: 0);
            StructureCheck.AssertConsistent(policy, long.MaxValue, weighs: true);
        }

        Assert.Equal(1, policy.Count);
    }

    [Fact]
    public void Weights_AreIgnored_WhenEntriesAreCounted()
    {
        var policy = new WindowTinyLfu(limit: 10, weighs: false, seed: 1);
        for (var added = 0; added < 10; added++)
            policy.Add(new TestEntry { Hash = ++_hash, Weight = 1000 }, now: 0);

        Assert.Equal(10, policy.Count);
        Assert.Equal(10, policy.Weight);
    }

    // Entries of weight 10, as many as there is room for, oldest first.
    private List<TestEntry> Fill() => [.. Enumerable.Range(0, 100).Select(_ => Add(weight: 10))];

    private TestEntry Add(long weight)
    {
        var entry = new TestEntry { Hash = ++_hash, Weight = weight };
        _policy.Add(entry, now: 0);
        return entry;
    }
}
