using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Caching.Tests;

public sealed class AddProDevCachingTests
{
    [Fact]
    public void The_cache_is_one_singleton_under_both_of_its_types()
    {
        var services = new ServiceCollection();
        services.AddProDevCaching();
        using var provider = services.BuildServiceProvider();

        Assert.Same(provider.GetRequiredService<ProDevHybridCache>(), provider.GetRequiredService<HybridCache>());
    }

    [Fact]
    public async Task The_registered_clock_and_options_are_used()
    {
        var time = new FakeTimeProvider();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(time);
        services.AddProDevCaching(options => options.DefaultEntryOptions.Expiration = TimeSpan.FromSeconds(1));
        await using var provider = services.BuildServiceProvider();
        var cache = provider.GetRequiredService<ProDevHybridCache>();
        await cache.SetAsync("key", 1);

        time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(cache.TryGet<int>("key", out _));
    }

    [Fact]
    public void Registering_twice_adds_settings_and_nothing_else()
    {
        var services = new ServiceCollection();
        services.AddProDevCaching(options => options.MaximumEntries = 5);
        var count = services.Count(service => service.ServiceType == typeof(HybridCache) || service.ServiceType == typeof(IValidateOptions<ProDevCachingOptions>));
        services.AddProDevCaching(options => options.DefaultEntryOptions.Expiration = TimeSpan.FromSeconds(1));
        using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptions<ProDevCachingOptions>>().Value;

        Assert.Equal(2, count);
        Assert.Equal(2, services.Count(service => service.ServiceType == typeof(HybridCache) || service.ServiceType == typeof(IValidateOptions<ProDevCachingOptions>)));
        Assert.Single(provider.GetServices<ProDevHybridCache>());
        Assert.Equal(5, options.MaximumEntries);
        Assert.Equal(TimeSpan.FromSeconds(1), options.DefaultEntryOptions.Expiration);
    }

    [Fact]
    public void A_cache_that_is_registered_already_stays()
    {
        var mine = new ProDevHybridCache();
        var services = new ServiceCollection().AddSingleton<HybridCache>(mine);
        services.AddProDevCaching();
        using var provider = services.BuildServiceProvider();

        Assert.Same(mine, provider.GetRequiredService<HybridCache>());
        Assert.NotSame(mine, provider.GetRequiredService<ProDevHybridCache>());
    }

    [Fact]
    public async Task Caches_under_a_key_have_their_own_entries_and_options()
    {
        var services = new ServiceCollection();
        services.AddKeyedProDevCaching("small", options => options.MaximumEntries = 1);
        services.AddKeyedProDevCaching("large");
        await using var provider = services.BuildServiceProvider();
        var small = provider.GetRequiredKeyedService<ProDevHybridCache>("small");
        var large = provider.GetRequiredKeyedService<HybridCache>("large");
        foreach (var key in new[] { "a", "b" })
        {
            await small.SetAsync(key, 1);
            await large.SetAsync(key, 1);
        }

        Assert.False(small.TryGet<int>("a", out _));
        Assert.True(((ProDevHybridCache)large).TryGet<int>("a", out _));
        Assert.Null(provider.GetService<ProDevHybridCache>());
    }

    [Fact]
    public void The_builder_tells_other_packages_the_key_of_its_cache()
    {
        var services = new ServiceCollection();

        Assert.Null(services.AddProDevCaching().ServiceKey);
        Assert.Equal("small", services.AddKeyedProDevCaching("small").ServiceKey);
    }

    [Fact]
    public void The_defaults_are_those_of_the_documentation()
    {
        var options = new ProDevCachingOptions();

        Assert.Equal(new CacheEntryOptions(), options.DefaultEntryOptions);
        Assert.Equal(100_000, options.MaximumEntries);
        Assert.Null(options.MaximumWeight);
    }

    [Fact]
    public void All_faults_of_the_options_are_reported_together_at_start()
    {
        var services = new ServiceCollection();
        services.AddProDevCaching(SetAllWrong);
        using var provider = services.BuildServiceProvider();

        var fault = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal(
            [
                "ProDevCachingOptions.DefaultEntryOptions.Expiration is '00:00:00'; it must be greater than zero, or null for the default.",
                "ProDevCachingOptions.DefaultEntryOptions.LocalExpiration is '-00:00:01'; it must be greater than zero, or null for the default.",
                "ProDevCachingOptions.MaximumEntries is '0'; it must be at least 1.",
                "ProDevCachingOptions.MaximumWeight is '0'; it must be at least 1, or null to count entries.",
            ],
            fault.Failures);
    }

    [Fact]
    public void A_cache_made_by_hand_refuses_the_same_options()
    {
        var options = new ProDevCachingOptions();
        SetAllWrong(options);

        var fault = Assert.Throws<ArgumentException>("options", () => new ProDevHybridCache(options));

        Assert.Contains("DefaultEntryOptions.Expiration", fault.Message, StringComparison.Ordinal);
        Assert.Contains("MaximumEntries", fault.Message, StringComparison.Ordinal);
    }

    private static void SetAllWrong(ProDevCachingOptions options)
    {
        options.DefaultEntryOptions.Expiration = TimeSpan.Zero;
        options.DefaultEntryOptions.LocalExpiration = TimeSpan.FromSeconds(-1);
        options.MaximumEntries = 0;
        options.MaximumWeight = 0;
    }
}
