using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class CacheEntryTests
{
    [Fact]
    public void Reads_AreForgotten_WhenTheyHaveBeenTaken()
    {
        var entry = new TestEntry().Read(3);

        Assert.Equal(3, entry.TakeReads());
        Assert.Equal(0, entry.TakeReads());
    }

    [Fact]
    public void Reads_AreNotCounted_WhenThereAreMoreThanTheSketchCounts() =>
        Assert.Equal(FrequencySketch.Most, new TestEntry().Read(1000).TakeReads());

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void Entry_IsSpent_WhenItsEndHasCome(long now, bool isSpent) => Assert.Equal(isSpent, new TestEntry(expiresAt: 10).IsSpent(now));
}
