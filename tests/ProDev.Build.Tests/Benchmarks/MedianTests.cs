namespace ProDev.Build.Tests;

public sealed class MedianTests
{
    [Theory]
    [InlineData(new double[] { 7 }, 7)]
    [InlineData(new double[] { 9, 1, 5 }, 5)]
    [InlineData(new double[] { 4, 1, 3, 2 }, 2.5)]
    [InlineData(new double[] { 1, 1, 1, 1, 1000 }, 1)]
    public void MiddleOfTheSortedValuesIsReturned(double[] values, double median) => Assert.Equal(median, Median.Of(values));

    [Fact]
    public void NoValuesAreRefused() => Assert.Throws<ArgumentException>(() => Median.Of([]));
}
