namespace ProDev.Http.Tests;

public sealed class HttpAttemptTests
{
    [Fact]
    public void IsWhatTheCallerTells_WhenTheHeadersCanBeRead()
    {
        var attempt = Read(["3"], ["1500"]);

        Assert.Equal(3, attempt.Number);
        Assert.Equal(TimeSpan.FromMilliseconds(1500), attempt.Remaining);
    }

    [Fact]
    public void IsTheFirstWithoutAnEnd_WhenThereAreNoHeaders()
    {
        var attempt = HttpAttempt.Read(_ => null);

        Assert.Equal(1, attempt.Number);
        Assert.Null(attempt.Remaining);
        Assert.Equal(default, attempt);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData("")]
    [InlineData("two")]
    [InlineData("2147483648")]
    [InlineData("99999999999999999999")]
    public void IsTheFirst_WhenTheNumberCannotBeRead(string number) => Assert.Equal(1, Read([number], []).Number);

    [Fact]
    public void BelievesNone_WhenAHeaderComesTwice()
    {
        var attempt = Read(["2", "3"], ["10", "20"]);

        Assert.Equal(1, attempt.Number);
        Assert.Null(attempt.Remaining);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("9223372036854775807", int.MaxValue)]
    public void StaysWithinBounds_WhenTheTimeIsShortOrLong(string milliseconds, int expected) =>
        Assert.Equal(TimeSpan.FromMilliseconds(expected), Read([], [milliseconds]).Remaining);

    private static HttpAttempt Read(string[] number, string[] remaining) => HttpAttempt.Read(name => name switch
    {
        HttpAttempt.NumberHeader => number,
        HttpAttempt.RemainingHeader => remaining,
        _ => throw new InvalidOperationException(name),
    });
}
