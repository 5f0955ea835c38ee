using System.Globalization;

namespace ProDev.Jobs.Tests;

public sealed class JobRateTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("100/m", 100, 60, 600)]
    [InlineData("1/s", 1, 1, 1000)]
    [InlineData("1000000/h", 1_000_000, 3600, 3.6)]
    public void RateIsRead_WhenItIsWrittenAsCeleryDoes(string text, int permits, double seconds, double interval)
    {
        JobRate rate = JobRate.Parse(text);

        Assert.Equal((permits, seconds, 1, interval), (rate.Permits, rate.Period.TotalSeconds, rate.Burst, rate.Interval.TotalMilliseconds));
        Assert.Equal(text, rate.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("100")]
    [InlineData("/m")]
    [InlineData("0/m")]
    [InlineData("-1/m")]
    [InlineData("1.5/s")]
    [InlineData("100/d")]
    [InlineData("100/ms")]
    [InlineData("100 / m")]
    [InlineData("1,000/m")]
    [InlineData("1000001/m")]
    [InlineData("100/M")]
    [InlineData("99999999999/s")]
    public void RateIsRefused_WhenItIsMalformed(string text)
    {
        var error = Assert.Throws<FormatException>(() => JobRate.Parse(text));

        Assert.Equal($"The rate '{text}' is malformed. Write the number of starts, from 1 to 1,000,000, a slash, and s, m or h, such as '100/m'.", error.Message);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1_000_001, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, -1, 1)]
    [InlineData(1, 2_592_001, 1)]
    [InlineData(1_000_000, 0.5, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(1, 1, 1_000_001)]
    [InlineData(1, 86_400, 3651)]
    public void RateIsRefused_WhenANumberIsOutOfRange(int permits, double seconds, int burst)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new JobRate(permits, TimeSpan.FromSeconds(seconds), burst));

    [Fact]
    public void IntervalIsRoundedUp_SoThatTheRateIsNeverExceeded()
        => Assert.Equal(3_333_334, new JobRate(3, TimeSpan.FromSeconds(1)).Interval.Ticks);

    [Fact]
    public void BurstAndUncommonPeriodAreNamed_WhenTheRateIsWritten()
        => Assert.Equal("5/00:00:10, burst 3", new JobRate(5, TimeSpan.FromSeconds(10), burst: 3).ToString());

    [Theory]
    [InlineData(0, 3)]
    [InlineData(-1, 3)]
    [InlineData(1, 2)]
    [InlineData(100, 2)]
    [InlineData(101, 1)]
    [InlineData(200, 1)]
    [InlineData(201, 0)]
    [InlineData(100_000, 0)]
    public void TokensAreCounted_ByTheTimeUntilTheBucketIsFull(int millisecondsToFull, int expected)
        => Assert.Equal(expected, Bucket(millisecondsToFull).Available(Now));

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, 1.0)]
    [InlineData(150, 50.0)]
    [InlineData(250, 50.0)]
    [InlineData(300, 100.0)]
    public void NextTokenComesInTime_UntilTheBucketIsFull(int millisecondsToFull, double? expected)
        => Assert.Equal(expected, (Bucket(millisecondsToFull).NextAt(Now) - Now)?.TotalMilliseconds);

    [Fact]
    public void BucketNeverHoldsMoreThanItsBurst_HoweverLongTheRest()
    {
        JobRateBucket bucket = Bucket(0) with { FullAt = DateTimeOffset.MinValue };
        for (int left = 3; left > 0; left--)
        {
            Assert.Equal(left, bucket.Available(Now));
            bucket = bucket.Take(Now);
        }

        Assert.Equal((0, Now.AddMilliseconds(100)), (bucket.Available(Now), bucket.NextAt(Now)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(299, 299)]
    [InlineData(300, 300)]
    [InlineData(301, 300)]
    [InlineData(3_600_000, 300)]
    public void BucketIsNoEmptierThanEmpty_WhateverItsRateWas(int millisecondsToFull, int expected)
        => Assert.Equal(Bucket(expected), Bucket(millisecondsToFull).AtMostEmpty(Now));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void GroupIsRefused_WhenItsKeyIsBlank(string key) => Assert.Throws<ArgumentException>(() => new JobGroup(key, 1));

    [Fact]
    public void GroupIsRefused_WhenKeyOrLimitIsOutOfRange()
    {
        Assert.Throws<ArgumentException>(() => new JobGroup(new string('k', 257), 1));
        Assert.Throws<ArgumentNullException>(() => new JobGroup(null!, 1));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new JobGroup("k", 0));
        Assert.StartsWith(
            string.Create(CultureInfo.InvariantCulture, $"The limit of the group 'k' is '{0}'. Set it to 1 or more; to stop jobs, pause their queue."),
            error.Message, StringComparison.Ordinal);
    }

    private static JobRateBucket Bucket(int millisecondsToFull) => new(TimeSpan.FromMilliseconds(100), 3, Now.AddMilliseconds(millisecondsToFull));
}
