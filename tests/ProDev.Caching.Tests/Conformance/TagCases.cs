namespace ProDev.Caching.Tests.Conformance;

// The control compares the times of value and removal, so the clock moves on between steps that it must tell apart.
public abstract class TagCases<TFixture> : HybridCacheCases<TFixture>
    where TFixture : ICacheFixture, new()
{
    private static readonly string[] Tags = ["x", "y"];

    [Theory]
    [InlineData("x")]
    [InlineData("y")]
    [InlineData("*")]
    public async Task ValueIsLoadedAgain_WhenOneOfItsTagsIsRemoved(string removed)
    {
        await CountAsync(tags: Tags);
        Tick();

        await Cache.RemoveByTagAsync(removed);
        Tick();

        Assert.Equal(2, await CountAsync(tags: Tags));
        Assert.Equal(2, await CountAsync(tags: Tags));
    }

    [Fact]
    public async Task OnlyValuesWithTheTagsAreGone_WhenSeveralTagsAreRemoved()
    {
        await Cache.SetAsync("a", 1, tags: ["x"]);
        await Cache.SetAsync("b", 1, tags: Tags);
        await Cache.SetAsync("c", 1, tags: ["z"]);
        await Cache.SetAsync("d", 1);
        Tick();

        await Cache.RemoveByTagAsync(["y", "z", "unknown"]);

        Assert.True(await HoldsAsync<int>("a"));
        Assert.False(await HoldsAsync<int>("b"));
        Assert.False(await HoldsAsync<int>("c"));
        Assert.True(await HoldsAsync<int>("d"));
    }

    [Fact]
    public async Task EveryValueIsGone_WhenTheStarIsRemoved()
    {
        await Cache.SetAsync("tagged", 1, tags: Tags);
        await Cache.SetAsync("untagged", 1);
        Tick();

        await Cache.RemoveByTagAsync("*");

        Assert.False(await HoldsAsync<int>("tagged"));
        Assert.False(await HoldsAsync<int>("untagged"));
    }

    [Fact]
    public async Task ValueStays_WhenATagItDoesNotHaveIsRemoved()
    {
        await CountAsync(tags: Tags);
        Tick();

        await Cache.RemoveByTagAsync("z");
        await Cache.RemoveByTagAsync(Array.Empty<string>());

        Assert.Equal(1, await CountAsync(tags: Tags));
    }

    [Fact]
    public async Task ValueStays_WhenItIsStoredAfterItsTagWasRemoved()
    {
        await Cache.RemoveByTagAsync("x");
        Tick();

        await Cache.SetAsync("key", 9, tags: Tags);

        Assert.Equal(9, await CountAsync());
    }

    [Fact]
    public async Task TheStarIsRefused_WhenAValueIsToHaveItAsATag()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Cache.SetAsync("key", 9, tags: ["*"]));

        Assert.False(await HoldsAsync<int>("key"));
    }

    protected void Tick() => Time.Advance(TimeSpan.FromMilliseconds(1));
}
