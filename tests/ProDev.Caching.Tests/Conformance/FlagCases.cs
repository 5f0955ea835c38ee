using Microsoft.Extensions.Caching.Hybrid;

namespace ProDev.Caching.Tests.Conformance;

public abstract class FlagCases<TFixture> : HybridCacheCases<TFixture>
    where TFixture : ICacheFixture, new()
{
    [Fact]
    public async Task ValueIsLoadedAndReplaced_WhenReadingIsDisabled()
    {
        await CountAsync();

        Assert.Equal(2, await CountAsync(options: With(HybridCacheEntryFlags.DisableLocalCacheRead)));
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task ValueIsNotStored_WhenWritingIsDisabled()
    {
        Assert.Equal(1, await CountAsync(options: With(HybridCacheEntryFlags.DisableLocalCacheWrite)));

        Assert.Equal(2, await CountAsync());
        Assert.Equal(2, await CountAsync(options: With(HybridCacheEntryFlags.DisableLocalCacheWrite)));
    }

    [Fact]
    public async Task ValueIsLoadedAndTheOldOneStays_WhenReadingAndWritingAreDisabled()
    {
        await CountAsync();

        Assert.Equal(2, await CountAsync(options: With(HybridCacheEntryFlags.DisableLocalCache)));
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task DefaultIsAnsweredAndNotStored_WhenTheFactoryIsDisabled()
    {
        Assert.Equal(0, await CountAsync(options: With(HybridCacheEntryFlags.DisableUnderlyingData)));

        Assert.False(await HoldsAsync<int>("key"));
    }

    [Fact]
    public async Task ValueIsFound_WhenTheFactoryIsDisabled()
    {
        await Cache.SetAsync("key", 9);

        Assert.Equal(9, await CountAsync(options: With(HybridCacheEntryFlags.DisableUnderlyingData)));
    }

    [Fact]
    public async Task CallersLoadApart_WhenTheirFlagsDiffer()
    {
        var source = new HeldSource<int>();
        var first = LoadAsync(source);

        Assert.Equal(1, await CountAsync(options: With(HybridCacheEntryFlags.DisableLocalCache)));
        source.Answer(7);

        Assert.Equal(7, await first);
        Assert.Equal(7, await CountAsync());
    }

    private static HybridCacheEntryOptions With(HybridCacheEntryFlags flags) => new() { Flags = flags };
}
