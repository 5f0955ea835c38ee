using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class EntryEvictionTests
{
    private readonly EntryEviction _eviction = new(new ProDevCachingOptions { MaximumEntries = 10 }, new CacheClock(TimeProvider.System));
    private int _hash;

    [Fact]
    public void Entry_IsForgotten_WhenItWasRemovedBeforeItWasLookedAt()
    {
        var entry = List();
        entry.MarkRemoved();
        _eviction.Changed(entry);

        _eviction.CatchUp();

        Assert.Equal(0, _eviction.Policy.Count);
    }

    [Fact]
    public void Entry_IsForgotten_WhenItWasRemovedAfterwards()
    {
        var entry = List();
        _eviction.CatchUp();
        Assert.Equal(1, _eviction.Policy.Count);

        entry.MarkRemoved();
        _eviction.Changed(entry);
        _eviction.CatchUp();

        Assert.Equal(0, _eviction.Policy.Count);
        Assert.Null(entry.Segment);
    }

    [Fact]
    public void Entry_IsKeptOnce_WhenItIsListedAgain()
    {
        var entry = List();
        _eviction.Changed(entry);
        _eviction.CatchUp();
        _eviction.Changed(entry);
        _eviction.CatchUp();

        Assert.Equal(1, _eviction.Policy.Count);
        StructureCheck.AssertConsistent(_eviction.Policy, 10);
    }

    [Fact]
    public void Changes_AreAppliedInTheirOrder_WhenSeveralWait()
    {
        var entries = Enumerable.Range(0, 5).Select(_ => List()).ToList();

        _eviction.CatchUp();

        // The last one is in the window, the others went through it.
        Assert.Same(entries[^1], _eviction.Policy.Segments[0].Newest);
        Assert.Same(entries[0], _eviction.Policy.Segments[1].Oldest);
    }

    [Fact]
    public void Changes_AreNotLost_WhenOneOfThemIsListedAgainBeforeItsTurn()
    {
        var first = Enumerable.Range(0, 10).Select(_ => List()).ToList();
        _eviction.CatchUp();
        var later = Enumerable.Range(0, 4).Select(_ => List()).ToList();
        first[9].OnEvict = () => _eviction.Changed(later[1]);

        _eviction.CatchUp();

        Assert.True(first[9].IsRemoved);
        Assert.Same(later[3], _eviction.Policy.Segments[0].Newest);
        StructureCheck.AssertConsistent(_eviction.Policy, 10);
    }

    [Fact]
    public async Task Writer_DoesNotWait_WhenAnotherIsAtWork()
    {
        using var atWork = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        for (var added = 0; added < 11; added++)
        {
            List().OnEvict = () =>
            {
                atWork.Set();
                goOn.Wait();
            };
        }

        var first = Task.Run(_eviction.CatchUp);
        atWork.Wait();
        var entry = List();
        _eviction.CatchUp();

        Assert.False(first.IsCompleted);
        Assert.Null(entry.Segment);
        goOn.Set();
        await first;
        Assert.NotNull(entry.Segment);
        Assert.Equal(10, _eviction.Policy.Count);
    }

    [Fact]
    public void Changes_AreNotLost_WhenAnEntryCannotBeRemovedFromItsStore()
    {
        var entries = Enumerable.Range(0, 15).Select(_ => List()).ToList();
        entries[10].OnEvict = () =>
        {
            entries[10].OnEvict = null;
            throw new InvalidOperationException("A key that throws.");
        };
        entries[9].OnEvict = entries[10].OnEvict;

        Assert.Throws<InvalidOperationException>(_eviction.CatchUp);
        _eviction.CatchUp();

        StructureCheck.AssertConsistent(_eviction.Policy, 10);
        Assert.Equal(10, _eviction.Policy.Count);
        Assert.Same(entries[^1], _eviction.Policy.Segments[0].Newest);
    }

    private TestEntry List()
    {
        var entry = new TestEntry { Hash = ++_hash };
        _eviction.Changed(entry);
        return entry;
    }
}
