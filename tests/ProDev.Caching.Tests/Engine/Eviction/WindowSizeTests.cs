using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class WindowSizeTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(3, 1, 2)]
    [InlineData(10, 1, 8)]
    [InlineData(1000, 10, 800)]
    [InlineData(long.MaxValue, long.MaxValue / 100, long.MaxValue - (long.MaxValue / 5))]
    public void Window_StaysWithinItsBounds_WhenAllSpeaksForOneSide(long limit, long least, long most)
    {
        var size = new WindowSize(limit);
        Assert.Equal(least, size.Window, least / 1_000_000);

        size.Grow(limit);
        Assert.Equal(most, size.Window, most / 1_000_000);
        Assert.Equal(limit - size.Window, size.Main);

        size.Shrink(limit, reads: 15, probation: 1);
        Assert.Equal(least, size.Window, least / 1_000_000);
        Assert.Equal(limit - size.Window, size.Main);
    }

    [Fact]
    public void Window_GrowsByAStep_WhenALargerOneWouldHaveAnswered()
    {
        var size = new WindowSize(1000);

        size.Grow(30);

        Assert.Equal(40, size.Window);
    }

    [Fact]
    public void Window_ShrinksByHalfOfWhatTheMainSpaceWouldLose_WhenAllOnProbationWereRead()
    {
        var size = new WindowSize(1000);
        size.Grow(190);

        // The reach is 40, a fifth of the probation.
        for (var read = 0; read < 100; read++)
            size.Shrink(step: 2, reads: 1, probation: 200);

        Assert.InRange(size.Window, 178, 181);
    }

    [Fact]
    public void Window_GivesWay_WhenAnEntryNeedsMoreThanTheMainSpaceHas()
    {
        var size = new WindowSize(1000);
        size.Grow(1000);

        size.LetMainHold(700);
        Assert.Equal(700, size.Main);

        size.LetMainHold(500);
        Assert.Equal(700, size.Main);

        size.LetMainHold(2000);
        Assert.Equal(990, size.Main);
    }
}
