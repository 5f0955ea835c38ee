using Microsoft.Extensions.Time.Testing;

namespace ProDev.Http.Tests;

public sealed class RetryAfterHeaderTests
{
    private static readonly DateTimeOffset Now = new(1994, 11, 6, 8, 49, 37, TimeSpan.Zero);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("120", 120)]
    [InlineData(" 7\t", 7)]
    [InlineData("007", 7)]
    [InlineData("2147483647", int.MaxValue)]
    public void IsThatManySeconds_WhenItIsANumber(string value, int seconds)
    {
        Assert.True(RetryAfterHeader.TryParse(value, Now, out var delay));
        Assert.Equal(TimeSpan.FromSeconds(seconds), delay);
    }

    [Theory]
    [InlineData("2147483648")]
    [InlineData("99999999999999999999999999")]
    public void IsTheLongestDelay_WhenTheNumberIsTooLarge(string value)
    {
        Assert.True(RetryAfterHeader.TryParse(value, Now, out var delay));
        Assert.Equal(RetryAfterHeader.Longest, delay);
    }

    [Theory]
    [InlineData("Sun, 06 Nov 1994 08:50:37 GMT")]
    [InlineData("Sunday, 06-Nov-94 08:50:37 GMT")]
    [InlineData("Sun Nov  6 08:50:37 1994")]
    public void IsTheTimeUntilThen_WhenItIsADateInOneOfThreeForms(string value)
    {
        Assert.True(RetryAfterHeader.TryParse(value, Now, out var delay));
        Assert.Equal(TimeSpan.FromMinutes(1), delay);
    }

    [Theory]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("Sat, 05 Nov 1994 08:49:37 GMT")]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT")]
    public void IsZero_WhenTheDateHasPassed(string value)
    {
        Assert.True(RetryAfterHeader.TryParse(value, Now, out var delay));
        Assert.Equal(TimeSpan.Zero, delay);
    }

    [Fact]
    public void IsTheLongestDelay_WhenTheDateIsThousandsOfYearsAway()
    {
        Assert.True(RetryAfterHeader.TryParse("Fri, 31 Dec 9998 23:59:59 GMT", Now, out var delay));
        Assert.Equal(RetryAfterHeader.Longest, delay);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.5")]
    [InlineData("1 2")]
    [InlineData("soon")]
    [InlineData("٣")]
    [InlineData(",")]
    [InlineData("Sun,")]
    [InlineData("Sun,06 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 6 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 06 nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 UTC")]
    [InlineData("Sun, 06 Nov 1994 24:00:00 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:60:37 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:49:61 GMT")]
    [InlineData("Sun, 31 Feb 1994 08:49:37 GMT")]
    [InlineData("Sun, 00 Nov 1994 08:49:37 GMT")]
    [InlineData("Foo, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("Sunday, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("Sunday, 06-Nov-1994 08:49:37 GMT")]
    [InlineData("Sun Nov 06 08:49:37 1994 GMT")]
    [InlineData("Sun Nov -6 08:49:37 1994")]
    [InlineData("1994-11-06T08:49:37Z")]
    public void IsIgnored_WhenItIsNoneOfTheForms(string value)
    {
        Assert.False(RetryAfterHeader.TryParse(value, Now, out var delay));
        Assert.Equal(TimeSpan.Zero, delay);
    }

    [Theory]
    [InlineData("Friday, 06-Nov-26 00:00:00 GMT", 2026)]
    [InlineData("Sunday, 06-Nov-76 00:00:00 GMT", 2076)]
    [InlineData("Sunday, 06-Nov-77 00:00:00 GMT", 1977)]
    [InlineData("Sunday, 06-Nov-99 00:00:00 GMT", 1999)]
    public void TakesTheLastYearThatEndedSo_WhenATwoDigitYearLooksMoreThanFiftyYearsAhead(string value, int year)
    {
        Assert.True(HttpDate.TryParse(value, new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.Zero), out var date));
        Assert.Equal(year, date.Year);
    }

    [Fact]
    public void TakesTheYearThatExists_WhenATwoDigitYearIsALeapYearInOneCenturyOnly()
    {
        Assert.True(HttpDate.TryParse("Tuesday, 29-Feb-00 00:00:00 GMT", new DateTimeOffset(2126, 1, 1, 0, 0, 0, TimeSpan.Zero), out var date));
        Assert.Equal(2000, date.Year);
    }

    [Fact]
    public void IsTheNextSecond_WhenTheSecondIsALeapSecond()
    {
        Assert.True(RetryAfterHeader.TryParse("Sun, 06 Nov 1994 08:49:60 GMT", Now, out var delay));
        Assert.Equal(TimeSpan.FromSeconds(23), delay);
    }

    [Fact]
    public void ComparesWithTheServersDate_WhenTheResponseHasOne()
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Date", "Sun, 06 Nov 1994 08:49:37 GMT");
        response.Headers.TryAddWithoutValidation("Retry-After", "Sun, 06 Nov 1994 08:49:47 GMT");

        Assert.Equal(TimeSpan.FromSeconds(10), RetryAfterHeader.Read(response, new FakeTimeProvider(Now.AddHours(3))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("yesterday")]
    public void ComparesWithOurClock_WhenTheResponseHasNoDateThatCanBeRead(string? date)
    {
        using var response = new HttpResponseMessage();
        if (date is not null)
            response.Headers.TryAddWithoutValidation("Date", date);
        response.Headers.TryAddWithoutValidation("Retry-After", "Sun, 06 Nov 1994 08:49:47 GMT");

        Assert.Equal(TimeSpan.FromSeconds(9), RetryAfterHeader.Read(response, new FakeTimeProvider(Now.AddSeconds(1))));
    }

    [Fact]
    public void IsTheLongest_WhenThereAreSeveral()
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Retry-After", ["3", "nonsense", "9", "5"]);

        Assert.Equal(TimeSpan.FromSeconds(9), RetryAfterHeader.Read(response));
    }

    [Theory]
    [InlineData("120, 240", 240)]
    [InlineData("240,120", 240)]
    [InlineData(" 120 ,\t, 7", 120)]
    [InlineData("nonsense, 5", 5)]
    [InlineData("5, 1.5, soon", 5)]
    [InlineData("Sun, 06 Nov 1994 08:50:37 GMT, 59", 60)]
    [InlineData("61, Sun, 06 Nov 1994 08:50:37 GMT", 61)]
    [InlineData("Sunday, 06-Nov-94 08:50:37 GMT, Sun, 06 Nov 1994 08:50:38 GMT", 61)]
    [InlineData("Sun Nov  6 08:50:37 1994, 3", 60)]
    [InlineData("Sun, 06 Nov 1994 08:50:37 UTC, 3", 3)]
    [InlineData("1, 99999999999999", int.MaxValue)]
    public void IsTheLongest_WhenThereAreSeveralOnOneLine(string line, int seconds)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Retry-After", line);

        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfterHeader.Read(response, new FakeTimeProvider(Now)));
    }

    [Theory]
    [InlineData(", ,")]
    [InlineData("soon, later")]
    [InlineData("Sun, 06 Nov 1994 08:50:37 UTC")]
    public void IsNull_WhenALineHasNoneThatCanBeRead(string line)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Retry-After", line);

        Assert.Null(RetryAfterHeader.Read(response));
    }

    [Fact]
    public void IsNull_WhenThereIsNoneOrNoneThatCanBeRead()
    {
        using var response = new HttpResponseMessage();
        Assert.Null(RetryAfterHeader.Read(response));

        response.Headers.TryAddWithoutValidation("Retry-After", "-5");
        Assert.Null(RetryAfterHeader.Read(response));
    }
}
