using System.Net;

namespace ProDev.Http.Tests;

public sealed class ShortYearTests
{
    [Fact]
    public void IsTheNextCentury_WhenThatBeginsWithinTheDelay()
    {
        var now = new DateTimeOffset(2099, 12, 31, 23, 59, 50, TimeSpan.Zero);

        Assert.True(RetryAfterHeader.TryParse("Friday, 01-Jan-00 00:00:10 GMT", now, out var delay));

        Assert.Equal(TimeSpan.FromSeconds(20), delay);
    }

    [Fact]
    public void IsRead_WhenTheServersClockIsAtTheEndOfTime()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        response.Headers.TryAddWithoutValidation("Date", "Fri, 01 Jan 9998 00:00:00 GMT");
        response.Headers.TryAddWithoutValidation("Retry-After", "Friday, 01-Jan-98 00:00:30 GMT");

        Assert.Equal(TimeSpan.FromSeconds(30), RetryAfterHeader.Read(response));
    }
}
