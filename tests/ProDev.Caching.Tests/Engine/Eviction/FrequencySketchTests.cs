using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class FrequencySketchTests
{
    private readonly FrequencySketch _sketch = new(seed: 1);

    [Fact]
    public void Estimate_IsTheNumberOfUses_WhenKeysAreFew()
    {
        for (var hash = 1; hash <= 10; hash++)
            _sketch.Add(hash, hash);

        Assert.Equal(Enumerable.Range(0, 11), Enumerable.Range(0, 11).Select(_sketch.Estimate));
    }

    [Fact]
    public void Estimate_AddsUp_WhenUsesComeOneByOne()
    {
        for (var use = 1; use <= 5; use++)
            _sketch.Add(7, 1);

        Assert.Equal(5, _sketch.Estimate(7));
    }

    [Fact]
    public void Estimate_StopsAtFifteen_WhenAKeyIsUsedMoreOften()
    {
        _sketch.Add(7, 10);
        _sketch.Add(7, 10);

        Assert.Equal(FrequencySketch.Most, _sketch.Estimate(7));
        Assert.Equal(0, _sketch.Estimate(8));
    }

    [Fact]
    public void Estimate_IsHalved_WhenTenUsesForEachWordHaveBeenCounted()
    {
        _sketch.Add(7, 13);
        for (var uses = 13; uses < (10 * _sketch.Capacity) - 1; uses++)
            _sketch.Add(8, 1);
        Assert.Equal(13, _sketch.Estimate(7));

        _sketch.Add(8, 1);

        Assert.Equal(6, _sketch.Estimate(7));
        Assert.Equal(7, _sketch.Estimate(8));
    }

    [Fact]
    public void Estimate_Stays_WhenTheTableGrows()
    {
        for (var hash = 0; hash < 40; hash++)
            _sketch.Add(hash, 1 + (hash % 15));
        var before = Enumerable.Range(0, 200).Select(_sketch.Estimate).ToArray();
        var capacity = _sketch.Capacity;

        _sketch.Reserve((4 * capacity) + 1);

        Assert.Equal(8 * capacity, _sketch.Capacity);
        Assert.Equal(before, Enumerable.Range(0, 200).Select(_sketch.Estimate));
    }

    [Fact]
    public void Estimate_IsNeverTooLow_WhenCountersAreShared()
    {
        for (var hash = 0; hash < 300; hash++)
            _sketch.Add(hash, 1 + (hash % 2));

        Assert.All(Enumerable.Range(0, 300), hash => Assert.True(_sketch.Estimate(hash) >= 1 + (hash % 2)));
    }

    [Fact]
    public void Estimate_IsExactForMost_WhenAsManyKeysAsItServesAreCounted()
    {
        _sketch.Reserve(1024);
        for (var hash = 0; hash < 1024; hash++)
            _sketch.Add(hash, 1);

        Assert.InRange(Enumerable.Range(0, 1024).Count(hash => _sketch.Estimate(hash) == 1), 850, 1024);
        Assert.InRange(Enumerable.Range(1024, 1024).Count(hash => _sketch.Estimate(hash) == 0), 800, 1024);
    }

    [Fact]
    public void KeysThatShareCounters_AreOthers_WhenTheSeedIsAnother()
    {
        var needed = Enumerable.Range(0, 20).Select(seed => KeysThatHideKeyZero((ulong)seed)).ToList();

        Assert.InRange(needed.Distinct().Count(), 15, 20);
    }

    // How many keys in sequence must be used until key 0 looks used, too.
    private static int KeysThatHideKeyZero(ulong seed)
    {
        var sketch = new FrequencySketch(seed);
        var key = 0;
        while (sketch.Estimate(0) == 0)
            sketch.Add(++key, 1);
        return key;
    }
}
