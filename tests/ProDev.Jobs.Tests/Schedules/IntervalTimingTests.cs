namespace ProDev.Jobs.Tests;

public sealed class IntervalTimingTests
{
    private static readonly DateTimeOffset Anchor = new(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2));
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(7);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(419_999, 1)]
    [InlineData(420_000, 2)]
    [InlineData(-1, 0)]
    [InlineData(-420_000, 0)]
    [InlineData(-420_001, -1)]
    public void NextIsTheFirstWholeNumberOfIntervalsAhead(double milliseconds, int number)
        => Assert.Equal(Anchor + (Interval * number), new IntervalTiming(Anchor, Interval).Next(Anchor.AddMilliseconds(milliseconds)));

    [Theory]
    [InlineData(0, -1)]
    [InlineData(1, 0)]
    [InlineData(420_000, 0)]
    [InlineData(420_001, 1)]
    [InlineData(-419_999, -1)]
    [InlineData(-420_000, -2)]
    public void PreviousIsTheLastWholeNumberOfIntervalsBehind(double milliseconds, int number)
        => Assert.Equal(Anchor + (Interval * number), new IntervalTiming(Anchor, Interval).Previous(Anchor.AddMilliseconds(milliseconds)));
}
