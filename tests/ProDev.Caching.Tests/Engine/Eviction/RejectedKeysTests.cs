using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class RejectedKeysTests
{
    private readonly RejectedKeys _keys = new();

    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(4, 5, true)]
    [InlineData(5, 5, false)]
    public void Key_IsFound_WhenLessThanTheReachHasPassed(long passed, long reach, bool isFound)
    {
        _keys.Add(7);
        _keys.Pass(passed);

        Assert.Equal(isFound, _keys.Take(7, reach));
    }

    [Fact]
    public void Key_IsForgotten_WhenItWasAskedFor()
    {
        _keys.Add(7);
        Assert.True(_keys.Take(7, reach: 1));

        Assert.False(_keys.Take(7, reach: 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Key_IsNotFound_WhenItWasNotRejected(int hash) => Assert.False(_keys.Take(hash, long.MaxValue));

    [Fact]
    public void Key_IsNotFound_WhenAnotherHasItsPlace()
    {
        foreach (var hash in Enumerable.Range(0, 1000))
            _keys.Add(hash);

        Assert.InRange(Enumerable.Range(0, 1000).Count(hash => _keys.Take(hash, long.MaxValue)), 1, 16);
    }

    [Fact]
    public void MostKeys_AreFound_WhenTheyAreATwentiethOfTheEntries()
    {
        for (var entries = 1; entries <= 10_000; entries++)
            _keys.Reserve(entries);
        foreach (var hash in Enumerable.Range(0, 500))
            _keys.Add(hash);

        Assert.InRange(Enumerable.Range(0, 500).Count(hash => _keys.Take(hash, long.MaxValue)), 350, 500);
    }
}
