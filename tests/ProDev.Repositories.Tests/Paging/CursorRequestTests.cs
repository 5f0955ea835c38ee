namespace ProDev.Repositories.Tests;

public sealed class CursorRequestTests
{
    [Fact]
    public void RequestHoldsWhatWasAsked()
    {
        AssertRequest(CursorRequest.First(1), cursor: null, size: 1, isBackward: false);
        AssertRequest(CursorRequest.Last(1000), cursor: null, size: 1000, isBackward: true);
        AssertRequest(CursorRequest.After("c", 20), "c", size: 20, isBackward: false);
        AssertRequest(CursorRequest.Before("c", 20), "c", size: 20, isBackward: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void MessageNamesTheRange_WhenTheSizeIsOutOfIt(int size)
    {
        foreach (var ask in new Func<CursorRequest>[]
        {
            () => CursorRequest.First(size), () => CursorRequest.Last(size), () => CursorRequest.After("c", size), () => CursorRequest.Before("c", size),
        })
        {
            var fault = Assert.Throws<ArgumentOutOfRangeException>(ask);
            Assert.StartsWith($"A page has between 1 and 1000 items, not '{size}'. Ask for a size in that range.", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void CursorIsRequired_WhenAPageIsRelative()
    {
        Assert.Throws<ArgumentNullException>(() => CursorRequest.After(null!, 1));
        Assert.Throws<ArgumentNullException>(() => CursorRequest.Before(null!, 1));
    }

    private static void AssertRequest(CursorRequest request, string? cursor, int size, bool isBackward)
    {
        Assert.Equal(cursor, request.Cursor);
        Assert.Equal(size, request.Size);
        Assert.Equal(isBackward, request.IsBackward);
    }
}
