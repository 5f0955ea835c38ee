using Microsoft.Extensions.Caching.Hybrid;

namespace ProDev.Caching.Tests.Conformance;

public abstract class ExpirationCases<TFixture> : HybridCacheCases<TFixture>
    where TFixture : ICacheFixture, new()
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task ValueLivesForTheDefaultTime_WhenTheCallHasNoOptions()
    {
        await CountAsync(options: null);

        await AssertEndsAfterAsync(DefaultExpiration);
    }

    [Fact]
    public async Task ValueLivesForTheDefaultTime_WhenTheOptionsNameNone()
    {
        await CountAsync(options: new HybridCacheEntryOptions());

        await AssertEndsAfterAsync(DefaultExpiration);
    }

    [Theory]
    [InlineData(10, 3)]
    [InlineData(3, 10)]
    public async Task ValueLivesForTheSmallerTime_WhenTheCallNamesTwo(int expiration, int local)
    {
        await CountAsync(options: new HybridCacheEntryOptions
        {
            Expiration = TimeSpan.FromSeconds(expiration),
            LocalCacheExpiration = TimeSpan.FromSeconds(local),
        });

        await AssertEndsAfterAsync(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task ValueLivesForTheCallsTime_WhenItIsShorterThanTheDefault()
    {
        await CountAsync(options: new HybridCacheEntryOptions { Expiration = TimeSpan.FromSeconds(3) });

        await AssertEndsAfterAsync(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task SetValueLivesForItsTime_WhenItReplacedAnOlderOne()
    {
        await CountAsync();
        Time.Advance(DefaultExpiration - Least);
        await Cache.SetAsync("key", 1, new HybridCacheEntryOptions { Expiration = TimeSpan.FromSeconds(3) });

        await AssertEndsAfterAsync(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task ReadingDoesNotProlongAValue_WhenItIsHit()
    {
        await CountAsync();
        Time.Advance(DefaultExpiration / 2);
        await CountAsync();

        await AssertEndsAfterAsync(DefaultExpiration / 2);
    }

    private async Task AssertEndsAfterAsync(TimeSpan time)
    {
        Time.Advance(time - Least);
        Assert.Equal(1, await CountAsync());
        Time.Advance(Least);
        Assert.Equal(2, await CountAsync());
    }
}
