namespace ProDev.Build.Tests;

public sealed class UnitsTests
{
    [Theory]
    [InlineData(0.456, "0.46 ns")]
    [InlineData(12.34, "12.3 ns")]
    [InlineData(999, "999 ns")]
    [InlineData(1_250, "1.25 µs")]
    [InlineData(45_600_000, "45.6 ms")]
    [InlineData(2_500_000_000, "2.5 s")]
    public void TimesHaveThreeDigitsAndAUnit(double nanoseconds, string text) => Assert.Equal(text, Units.Time(nanoseconds));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1_464, "1,464 B")]
    [InlineData(25_000, "25 kB")]
    public void BytesAreShownExactlyWhereTheyAreFew(double bytes, string text) => Assert.Equal(text, Units.Bytes(bytes));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1_234_567, "1,234,567")]
    public void CountsAreShownExactly(double count, string text) => Assert.Equal(text, Units.Figure(count, GateMetric.Count));

    [Theory]
    [InlineData(1, "1.00x")]
    [InlineData(0.349, "0.349x")]
    [InlineData(0.35, "0.35x")]
    [InlineData(12.5, "12.50x")]
    public void RatiosHaveTwoDecimalsOrMore(double ratio, string text) => Assert.Equal(text, Units.Ratio(ratio));

    [Theory]
    [InlineData(60.756, "60.76 %")]
    [InlineData(100, "100.0 %")]
    public void PercentagesHaveOneDecimalOrTwo(double percent, string text) => Assert.Equal(text, Units.Percent(percent));

    [Theory]
    [InlineData(1.456, "+1.46 pp")]
    [InlineData(-1, "-1.0 pp")]
    [InlineData(0, "0.0 pp")]
    public void DifferencesOfPercentagesHaveASign(double points, string text) => Assert.Equal(text, Units.Points(points));
}
