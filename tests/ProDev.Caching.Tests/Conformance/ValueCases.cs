using System.ComponentModel;

namespace ProDev.Caching.Tests.Conformance;

public abstract class ValueCases<TFixture> : HybridCacheCases<TFixture>
    where TFixture : ICacheFixture, new()
{
    [Fact]
    public async Task SameObjectIsReturned_WhenAnImmutableValueIsHit()
    {
        var paris = new Town("Paris");

        Assert.Same(paris, await TownAsync(paris));
        Assert.Same(paris, await TownAsync(new Town("Lyon")));
    }

    [Fact]
    public async Task NullIsAValue_WhenTheFactoryAnswersIt()
    {
        Assert.Null(await TownAsync(null));

        Assert.Null(await TownAsync(new Town("Lyon")));
        Assert.True(await HoldsAsync<Town?>("key"));
    }

    [Fact]
    public async Task DefaultIsAValue_WhenTheFactoryAnswersIt()
    {
        Assert.Equal(0, await Cache.GetOrCreateAsync("key", static _ => new ValueTask<int>(0)));

        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task ValueIsFound_WhenItWasSet()
    {
        await Cache.SetAsync("key", 9);

        Assert.Equal(9, await CountAsync());
    }

    [Fact]
    public async Task NullIsFound_WhenItWasSet()
    {
        await Cache.SetAsync<Town?>("key", null);

        Assert.Null(await TownAsync(new Town("Lyon")));
    }

    [Fact]
    public async Task NewValueIsFound_WhenItWasSetOverAnother()
    {
        await CountAsync();
        await Cache.SetAsync("key", 9);

        Assert.Equal(9, await CountAsync());
    }

    [Fact]
    public async Task ValueIsLoadedAndReplaced_WhenTheKeyHoldsAnotherType()
    {
        await Cache.SetAsync("key", "text");

        Assert.Equal(1, await CountAsync());
        Assert.Equal(1, await CountAsync());
        Assert.False(await HoldsAsync<string>("key"));
    }

    private ValueTask<Town?> TownAsync(Town? town) => Cache.GetOrCreateAsync("key", town, static (town, _) => new ValueTask<Town?>(town));

    [ImmutableObject(true)]
    private sealed record Town(string Name);
}
