namespace ProDev.Repositories.Tests;

public sealed class CursorPageTests
{
    [Fact]
    public void NeighboursAreKnownByTheirCursors()
    {
        var middle = new CursorPage<int>([1, 2], next: "n", previous: "p");
        Assert.True(middle.HasNext);
        Assert.True(middle.HasPrevious);
        var only = new CursorPage<int>([], next: null, previous: null);
        Assert.False(only.HasNext);
        Assert.False(only.HasPrevious);
        Assert.Throws<ArgumentNullException>(() => new CursorPage<int>(null!, next: null, previous: null));
    }

    [Fact]
    public void CursorsStay_WhenItemsAreMapped()
    {
        var page = new CursorPage<int>([1, 2], next: "n", previous: "p").Map(i => $"#{i}");
        Assert.Equal(["#1", "#2"], page.Items);
        Assert.Equal("n", page.Next);
        Assert.Equal("p", page.Previous);
        Assert.Throws<ArgumentNullException>(() => page.Map<int>(null!));
    }
}
