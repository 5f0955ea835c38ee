namespace ProDev.Caching.Tests.Conformance;

public abstract class RemovalCases<TFixture> : HybridCacheCases<TFixture>
    where TFixture : ICacheFixture, new()
{
    [Fact]
    public async Task ValueIsLoadedAgain_WhenItWasRemoved()
    {
        await CountAsync();

        await Cache.RemoveAsync("key");

        Assert.Equal(2, await CountAsync());
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task OnlyTheNamedKeysAreGone_WhenSeveralAreRemoved()
    {
        foreach (var key in new[] { "a", "b", "c" })
            await CountAsync(key);

        await Cache.RemoveAsync(["a", "unknown", "b"]);

        Assert.False(await HoldsAsync<int>("a"));
        Assert.False(await HoldsAsync<int>("b"));
        Assert.True(await HoldsAsync<int>("c"));
    }

    [Fact]
    public async Task NothingHappens_WhenTheKeyIsUnknownOrThereIsNone()
    {
        await CountAsync();

        await Cache.RemoveAsync("unknown");
        await Cache.RemoveAsync(Array.Empty<string>());

        Assert.True(await HoldsAsync<int>("key"));
    }
}
