using Microsoft.Extensions.Time.Testing;

namespace ProDev.Caching.Redis.Tests;

public sealed class SenderNumbersTests
{
    private static readonly Guid Sender = Guid.NewGuid();

    private readonly FakeTimeProvider _time = new();
    private readonly SenderNumbers _numbers;

    public SenderNumbersTests() => _numbers = new(_time);

    [Theory]
    [InlineData("1 2 3", false)] // One after the other.
    [InlineData("h0 1 h1 2 h2 h2 3", false)] // Heartbeats repeat.
    [InlineData("1 2 1 3", false)] // Late or twice is not lost.
    [InlineData("1 3", true)] // A notice is missing,
    [InlineData("1 2 h3", true)] // also the last one,
    [InlineData("2", true)] // also the first.
    [InlineData("h1", true)]
    public void AreAGap_WhenANumberIsMissing(string numbers, bool isGap)
    {
        var gaps = numbers.Split(' ').Select(text => IsGap(Sender, text)).ToList();

        Assert.Equal(isGap, gaps[^1]);
        Assert.DoesNotContain(true, gaps.SkipLast(1));
    }

    [Fact]
    public void AreCountedForEachSender_WhenThereAreSeveral()
    {
        Assert.False(IsGap(Sender, "1"));
        Assert.False(IsGap(Guid.NewGuid(), "1"));
        Assert.False(IsGap(Sender, "2"));
    }

    [Fact]
    public void AreReportedOnce_WhenSomethingWasMissing()
    {
        Assert.True(IsGap(Sender, "5"));
        Assert.False(IsGap(Sender, "6"));
        Assert.False(IsGap(Sender, "h6"));
    }

    [Fact]
    public void AreForgotten_WhenTheSenderIsSilentForTooLong()
    {
        var other = Guid.NewGuid();
        Assert.False(IsGap(Sender, "1"));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.False(IsGap(other, "1"));
        _time.Advance(TimeSpan.FromSeconds(60));

        _numbers.Forget(TimeSpan.FromSeconds(100));

        Assert.True(IsGap(Sender, "2"));
        Assert.False(IsGap(other, "2"));
    }

    private bool IsGap(Guid sender, string text)
    {
        var isHeartbeat = text[0] == 'h';
        return _numbers.IsGap(new(sender, isHeartbeat ? text[1] - '0' : text[0] - '0', isHeartbeat ? BackplaneMessageKind.Heartbeat : BackplaneMessageKind.KeyRemoved, ""));
    }
}
