using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class WindowTinyLfuTests
{
    private const int Limit = 100;

    private readonly WindowTinyLfu _policy = new(Limit, weighs: false, seed: 1);
    private int _hash;

    [Fact]
    public void Policy_KeepsAsManyAsTheLimit_WhenMoreAreAdded()
    {
        for (var added = 1; added <= 5 * Limit; added++)
        {
            Add();
            Assert.Equal(Math.Min(added, Limit), _policy.Count);
        }

        StructureCheck.AssertConsistent(_policy, Limit);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public void Policy_KeepsTheNewest_WhenTheLimitIsSmall(int limit)
    {
        var policy = new WindowTinyLfu(limit, weighs: false, seed: 1);
        for (var added = 1; added <= 50; added++)
        {
            var entry = NewEntry().Read(added % 3);
            policy.Add(entry, now: 0);

            Assert.False(entry.IsRemoved);
            StructureCheck.AssertConsistent(policy, limit);
        }

        Assert.Equal(limit, policy.Count);
    }

    [Fact]
    public void HotEntries_Stay_WhenAScanOfTenTimesTheLimitPasses()
    {
        var hot = Fill(reads: 5);

        for (var scanned = 0; scanned < 10 * Limit; scanned++)
        {
            Add();
            if (scanned % Limit == 0)
                hot.ForEach(entry => entry.Read(1));
        }

        Assert.InRange(hot.Count(entry => !entry.IsRemoved), Limit - 5, Limit);
    }

    [Fact]
    public void EntriesThatAreUsedOnce_AreNotAdmitted_WhenTheOthersAreUsedMoreOften()
    {
        Fill(reads: 3);

        var once = Enumerable.Range(0, Limit).Select(_ => Add()).ToList();

        // The last one is in the window. One or two may share all counters with others and look as if they were used more often.
        Assert.False(once[^1].IsRemoved);
        Assert.InRange(once.Count(entry => !entry.IsRemoved), 1, 3);
    }

    [Fact]
    public void Candidate_LosesADraw_WhenNobodyWasReadMoreOften()
    {
        var first = Fill(reads: 0);

        for (var added = 0; added < Limit; added++)
            Add();

        Assert.InRange(first.Count(entry => !entry.IsRemoved), Limit - 10, Limit - 1);
    }

    [Fact]
    public void Candidate_IsAdmitted_WhenItsKeyWasAskedForMoreOftenThanTheOldest()
    {
        var others = Fill(reads: 0);
        var entry = Add();
        Add();
        Assert.True(entry.IsRemoved);

        var again = new TestEntry { Hash = entry.Hash };
        _policy.Add(again, now: 0);
        Add();

        Assert.False(again.IsRemoved);
        Assert.True(others[0].IsRemoved);
    }

    [Fact]
    public void EntryOnProbation_IsProtected_WhenItWasRead()
    {
        var others = Fill(reads: 0);
        others[0].Read(1);

        Add();
        Add();

        Assert.Same(_policy.Segments[2], others[0].Segment);
    }

    [Fact]
    public void ProtectedEntries_GoBackOnProbation_WhenMoreThanFourFifthsWereRead()
    {
        var others = Fill(reads: 0);
        for (var round = 0; round < 2 * Limit; round++)
        {
            others.ForEach(entry => entry.Read(1));
            Add();
        }

        Assert.Equal(79, _policy.Segments[2].Count);
        Assert.Equal(20, _policy.Segments[1].Count);
        StructureCheck.AssertConsistent(_policy, Limit);
    }

    [Fact]
    public void SpentEntries_Go_WhenAsManyOthersAreAdded()
    {
        var policy = new WindowTinyLfu(limit: 1000, weighs: false, seed: 1);
        var spent = Enumerable.Range(0, 300).Select(_ => NewEntry(expiresAt: 10)).ToList();
        foreach (var entry in spent)
        {
            policy.Add(entry, now: 0);
            policy.SweepNext(now: 0);
            policy.SweepNext(now: 0);
        }

        for (var added = 0; added < 300; added++)
        {
            policy.Add(NewEntry(), now: 10);
            policy.SweepNext(now: 10);
            policy.SweepNext(now: 10);
        }

        Assert.All(spent, entry => Assert.True(entry.IsRemoved));
        Assert.Equal(300, policy.Count);
        StructureCheck.AssertConsistent(policy, 1000);
    }

    [Fact]
    public void SpentEntry_GivesWayToAnyCandidate_WhenItIsTheOldest()
    {
        var spent = NewEntry(expiresAt: 10).Read(15);
        _policy.Add(spent, now: 0);
        var others = Fill(reads: 0);

        Add(now: 10);

        Assert.True(spent.IsRemoved);
        Assert.All(others, entry => Assert.False(entry.IsRemoved));
    }

    [Fact]
    public void OnlySpentEntries_Go_WhenAllAreSwept()
    {
        var spent = Enumerable.Range(0, 50).Select(_ => NewEntry(expiresAt: 10)).ToList();
        var fresh = Enumerable.Range(0, 50).Select(_ => NewEntry()).ToList();
        foreach (var (first, second) in spent.Zip(fresh))
        {
            _policy.Add(first, now: 0);
            _policy.Add(second, now: 0);
        }

        _policy.EvictSpent(now: 10);

        Assert.All(spent, entry => Assert.True(entry.IsRemoved));
        Assert.All(fresh, entry => Assert.False(entry.IsRemoved));
        StructureCheck.AssertConsistent(_policy, Limit);
    }

    private List<TestEntry> Fill(int reads)
    {
        var entries = Enumerable.Range(0, Limit - _policy.Count).Select(_ => Add()).ToList();
        entries.ForEach(entry => entry.Read(reads));
        return entries;
    }

    private TestEntry Add(long now = 0)
    {
        var entry = NewEntry();
        _policy.Add(entry, now);
        return entry;
    }

    private TestEntry NewEntry(long expiresAt = CacheClock.Never) => new(expiresAt) { Hash = ++_hash };
}
