using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class AdaptiveWindowTests
{
    private const int Limit = 1000;

    private readonly WindowTinyLfu _policy = new(Limit, weighs: false, seed: 1);
    private int _hash;

    [Fact]
    public void Window_Grows_WhenKeysAreReadOnceMoreSoonAfter()
    {
        var reader = new PolicyReader(_policy);
        reader.ReadNewKeys(100_000, reach: 600);

        Assert.InRange(_policy.Size.Window, 500, 800);
        Assert.InRange(reader.ReadNewKeys(20_000, reach: 600), 0.4, 0.5);
        StructureCheck.AssertConsistent(_policy, Limit);
    }

    [Fact]
    public void Window_ShrinksAgain_WhenPopularityCounts()
    {
        var adapted = new PolicyReader(_policy);
        var always = new PolicyReader(new WindowTinyLfu(Limit, weighs: false, seed: 1));
        adapted.ReadNewKeys(100_000, reach: 600);

        adapted.ReadPopularKeys(200_000);
        always.ReadPopularKeys(300_000);

        Assert.InRange(_policy.Size.Window, 10, 50);
        Assert.Equal(always.ReadPopularKeys(50_000), adapted.ReadPopularKeys(50_000), 0.01);
        StructureCheck.AssertConsistent(_policy, Limit);
    }

    [Theory]
    [InlineData(1100, 0.85)]
    [InlineData(2000, 0.45)]
    public void Window_StaysSmall_WhenKeysComeBackInALoop(int length, double atLeast)
    {
        var reader = new PolicyReader(_policy);
        reader.ReadLoop(100 * length, length);

        Assert.InRange(reader.ReadLoop(10 * length, length), atLeast, 1);
        Assert.InRange(_policy.Size.Window, 10, 100);
    }

    [Fact]
    public void Window_Grows_WhenTheLimitIsAWeight()
    {
        var policy = new WindowTinyLfu(10 * Limit, weighs: true, seed: 1);
        var reader = new PolicyReader(policy) { WeightOf = key => 1 + (key % 19) };
        reader.ReadNewKeys(100_000, reach: 600);

        Assert.InRange(policy.Size.Window, 5 * Limit, 8 * Limit);
        Assert.InRange(reader.ReadNewKeys(20_000, reach: 600), 0.4, 0.5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public void Limits_Hold_WhileTheWindowGrowsAndShrinks(int limit)
    {
        var policy = new WindowTinyLfu(limit, weighs: true, seed: 1);

        // One in thirteen fits nowhere when the window is middling, one in 29 never.
        var reader = new PolicyReader(policy)
        {
            WeightOf = key => key % 29 == 0 ? limit + 1 : key % 13 == 0 ? Math.Max(1, limit * 9 / 10) : 1 + (key % 3),
            AfterRead = () => StructureCheck.AssertConsistent(policy, limit, weighs: true),
        };

        for (var round = 0; round < 3; round++)
        {
            reader.ReadNewKeys(2_000, reach: Math.Max(1, limit / 4));
            reader.ReadPopularKeys(2_000);
        }
    }

    [Fact]
    public void Window_StaysSmall_WhenKeysComeBackBecauseTheyExpired()
    {
        for (var now = 0; now < 3 * Limit; now++)
            _policy.Add(new TestEntry(expiresAt: now + 5) { Hash = now % 20 }, now);

        Assert.Equal(10, _policy.Size.Window);
    }

    [Fact]
    public void Window_Shrinks_WhenTheHandFindsThatAnEntryOnProbationWasRead()
    {
        _policy.Size.Grow(290);
        var entries = Enumerable.Range(0, Limit).Select(_ => Add()).ToList();
        var onProbation = entries.First(entry => entry.Segment == _policy.Segments[1]);
        entries.Where(entry => entry.Segment == _policy.Segments[0]).ToList().ForEach(entry => entry.Read(15));

        Sweep();
        Assert.Equal(300, _policy.Size.Window);

        onProbation.Read(15);
        Sweep();
        Assert.Equal(299, _policy.Size.Window);
        Assert.Same(_policy.Segments[1].Oldest, onProbation);

        Sweep();
        Assert.Equal(299, _policy.Size.Window);
    }

    [Fact]
    public void Window_DoesNotShrink_WhenEntriesWereReadBeforeTheyWentBackOnProbation()
    {
        var entries = Enumerable.Range(0, Limit).Select(_ => Add()).ToList();
        for (var round = 0; round < Limit / 10; round++)
        {
            entries.ForEach(entry => entry.Read(1));
            Add();
        }

        Sweep();
        var isProtected = entries.Where(entry => entry.Segment == _policy.Segments[2]).ToList();
        isProtected.ForEach(entry => entry.Read(5));

        _policy.Size.Grow(100);
        var before = _policy.Size.Window;
        Add();
        Sweep();

        // Four fifths of what the main space lost, and as many as were promoted meanwhile.
        Assert.InRange(isProtected.Count(entry => entry.Segment == _policy.Segments[1]), 80, 100);
        Assert.Equal(before, _policy.Size.Window);
    }

    [Fact]
    public void HeavyEntry_IsKept_WhenTheWindowHasGrownAndTheOthersAreSpent()
    {
        var policy = new WindowTinyLfu(Limit, weighs: true, seed: 1);
        policy.Size.Grow(490);
        for (var added = 0; added < Limit; added++)
            policy.Add(new TestEntry(expiresAt: 10) { Hash = added }, now: 0);
        var heavy = new TestEntry { Hash = -1, Weight = 990 };

        policy.Add(heavy, now: 10);

        Assert.False(heavy.IsRemoved);
        Assert.Same(policy.Segments[1], heavy.Segment);
        StructureCheck.AssertConsistent(policy, Limit, weighs: true);
    }

    private TestEntry Add()
    {
        var entry = new TestEntry { Hash = ++_hash };
        _policy.Add(entry, now: 0);
        return entry;
    }

    private void Sweep()
    {
        for (var look = 0; look < 2 * Limit; look++)
            _policy.SweepNext(now: 0);
    }
}
