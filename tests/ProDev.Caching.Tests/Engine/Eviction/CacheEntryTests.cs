using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class CacheEntryTests
{
    [Fact]
    public void Reads_AreTakenOnce_WhenTheyAreAskedForAgain()
    {
        var entry = new TestEntry().Read(3);

        Assert.Equal(3, entry.TakeNewReads());
        Assert.Equal(0, entry.TakeNewReads());
        Assert.Equal(2, entry.Read(2).TakeNewReads());
        Assert.Equal(0, entry.TakeNewReads());
    }

    [Fact]
    public void Reads_AreStillKnownOf_WhenTheyHaveBeenTaken()
    {
        var entry = new TestEntry().Read(3);
        entry.TakeNewReads();

        Assert.True(entry.TakeWasRead());
        Assert.False(entry.TakeWasRead());
        Assert.Equal(1, entry.Read(1).TakeNewReads());
    }

    [Fact]
    public void Reads_AreNotCounted_WhenThereAreMoreThanTheSketchCounts() =>
        Assert.Equal(FrequencySketch.Most, new TestEntry().Read(1000).TakeNewReads());

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void Entry_IsSpent_WhenItsEndHasCome(long now, bool isSpent) => Assert.Equal(isSpent, new TestEntry(expiresAt: 10).IsSpent(now));
}
