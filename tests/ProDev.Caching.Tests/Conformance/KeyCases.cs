namespace ProDev.Caching.Tests.Conformance;

public abstract class KeyCases<TFixture> : HybridCacheCases<TFixture>
    where TFixture : ICacheFixture, new()
{
    private readonly string _country = "FR";
    private readonly int _id = 7;

    [Fact]
    public async Task ValueIsFoundByEveryFormOfItsKey_WhenItWasLoadedByAString()
    {
        Assert.Equal(1, await CountAsync("city:FR:7"));

        await AssertHitByEveryFormAsync(1);
    }

    [Fact]
    public async Task ValueIsFoundByEveryFormOfItsKey_WhenItWasLoadedByAnInterpolatedString()
    {
        Assert.Equal(5, await Cache.GetOrCreateAsync($"city:{_country}:{_id}", static _ => new ValueTask<int>(5)));

        await AssertHitByEveryFormAsync(5);
    }

    [Fact]
    public async Task ValueIsFoundByEveryFormOfItsKey_WhenItWasLoadedByASpan()
    {
        Assert.Equal(5, await Cache.GetOrCreateAsync("city:FR:7;".AsSpan()[..^1], static _ => new ValueTask<int>(5)));

        await AssertHitByEveryFormAsync(5);
    }

    [Fact]
    public async Task SpanMayBeReused_WhenTheFactoryStillRuns()
    {
        var source = new HeldSource<int>();
        var buffer = "city:FR:7".ToCharArray();
        var load = Cache.GetOrCreateAsync(buffer.AsSpan(), source, static (source, token) => source.LoadAsync(token)).AsTask();
        buffer.AsSpan().Fill('x');
        source.Answer(5);

        Assert.Equal(5, await load);
        await AssertHitByEveryFormAsync(5);
        Assert.False(await HoldsAsync<int>("xxxxxxxxx"));
    }

    [Fact]
    public async Task KeysAreApart_WhenTheyDifferInCaseOnly()
    {
        Assert.Equal(1, await CountAsync("key"));
        Assert.Equal(2, await CountAsync("KEY"));
    }

    private async Task AssertHitByEveryFormAsync(int value)
    {
        Assert.Equal(value, await CountAsync("city:FR:7"));
        Assert.Equal(value, await Cache.GetOrCreateAsync($"city:{_country}:{_id}", static _ => new ValueTask<int>(-1)));
        Assert.Equal(value, await Cache.GetOrCreateAsync($"city:{_country}:{_id}", 0, static (_, _) => new ValueTask<int>(-1)));
        Assert.Equal(value, await Cache.GetOrCreateAsync("city:FR:7".AsSpan(), static _ => new ValueTask<int>(-1)));
        Assert.Equal(value, await Cache.GetOrCreateAsync("city:FR:7".AsSpan(), 0, static (_, _) => new ValueTask<int>(-1)));
    }
}
