using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class UseDistributedCacheTests
{
    [Fact]
    public void Without_a_call_there_is_no_second_level()
    {
        var services = new ServiceCollection();
        services.AddProDevCaching();

        Assert.Null(Create(services.BuildServiceProvider(), null));
    }

    [Fact]
    public async Task The_registered_distributed_cache_is_used_with_the_prefix()
    {
        var services = new ServiceCollection().AddDistributedMemoryCache();
        services.AddProDevCaching().UseDistributedCache().UseDistributedCache();
        var provider = services.BuildServiceProvider();
        await using var level = Create(provider, null)!;

        await level.SetAsync("|key", "value", [], Process.Settings, default);

        Assert.NotNull(await provider.GetRequiredService<IDistributedCache>().GetAsync("prodev:k:|key"));
        Assert.NotNull(await provider.GetRequiredService<IDistributedCache>().GetAsync("prodev:t:*"));
        Assert.Single(provider.GetServices<IDistributedCacheStore>());
    }

    [Fact]
    public async Task Caches_with_keys_have_a_prefix_and_options_each_and_may_have_a_distributed_cache_of_their_own()
    {
        var services = new ServiceCollection().AddDistributedMemoryCache();
        services.AddProDevCaching();
        services.AddKeyedProDevCaching("a:b").UseDistributedCache();
        services.AddKeyedProDevCaching("c").UseDistributedCache(static options => options.KeyPrefix = "mine/");
        services.AddKeyedProDevCaching("own").UseDistributedCache();
        var own = new MemoryDistributedCache(Options.Create(new Microsoft.Extensions.Caching.Memory.MemoryDistributedCacheOptions()));
        services.AddKeyedSingleton<IDistributedCache>("own", own);
        var provider = services.BuildServiceProvider();
        foreach (var key in new[] { "a:b", "c", "own" })
            await Create(provider, key)!.SetAsync("|key", "value", [], Process.Settings, default);

        var shared = provider.GetRequiredService<IDistributedCache>();
        Assert.NotNull(await shared.GetAsync("prodev:a\\u003Ab:k:|key"));
        Assert.NotNull(await shared.GetAsync("mine/k:|key"));
        Assert.NotNull(await own.GetAsync("prodev:own:k:|key"));
        Assert.Null(await shared.GetAsync("prodev:own:k:|key"));
        Assert.Null(Create(provider, null));
    }

    [Fact]
    public void A_store_that_is_registered_already_stays()
    {
        var mine = new MemoryStore(new Microsoft.Extensions.Time.Testing.FakeTimeProvider());
        var services = new ServiceCollection().AddSingleton<IDistributedCacheStore>(mine);
        services.AddProDevCaching().UseDistributedCache();

        Assert.Same(mine, services.BuildServiceProvider().GetRequiredService<IDistributedCacheStore>());
    }

    [Fact]
    public void A_missing_distributed_cache_is_an_error_that_says_what_to_do()
    {
        var services = new ServiceCollection();
        services.AddProDevCaching().UseDistributedCache();

        var missing = Assert.Throws<InvalidOperationException>(() => Create(services.BuildServiceProvider(), null));

        Assert.Equal(
            "UseDistributedCache() was called and no IDistributedCache is registered. Register one, for example with AddStackExchangeRedisCache(), or leave the call out.",
            missing.Message);
    }

    [Fact]
    public void The_defaults_are_those_of_the_documentation()
    {
        var options = new SecondLevelOptions();

        Assert.Null(options.KeyPrefix);
        Assert.Equal(1_048_576, options.MaximumPayloadBytes);
        Assert.Equal(4_096, options.CompressionThreshold);
        Assert.Equal(3, options.BreakThreshold);
        Assert.Equal(TimeSpan.FromSeconds(5), options.BreakDuration);
        Assert.Equal(TimeSpan.FromMinutes(1), options.TombstoneLifetime);
        Assert.Equal(1_000, options.MaximumPendingChanges);
        Assert.Equal(TimeSpan.FromSeconds(10), options.MaximumLoadWait);
    }

    [Fact]
    public void All_faults_of_the_options_are_reported_together_at_start()
    {
        var services = new ServiceCollection().AddDistributedMemoryCache();
        services.AddProDevCaching().UseDistributedCache(static options =>
        {
            options.KeyPrefix = "with space";
            options.MaximumPayloadBytes = 0;
            options.CompressionThreshold = -1;
            options.BreakThreshold = 0;
            options.BreakDuration = TimeSpan.Zero;
            options.TombstoneLifetime = TimeSpan.FromDays(31);
            options.MaximumPendingChanges = 0;
            options.MaximumLoadWait = TimeSpan.FromSeconds(-1);
        });
        using var provider = services.BuildServiceProvider();

        var fault = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal(
            [
                "SecondLevelOptions.KeyPrefix is 'with space'; it must be at most 100 characters of printable ASCII without spaces.",
                "SecondLevelOptions.MaximumPayloadBytes is '0'; it must be at least 1.",
                "SecondLevelOptions.CompressionThreshold is '-1'; it must be zero or more, or null for no compression.",
                "SecondLevelOptions.BreakThreshold is '0'; it must be at least 1.",
                "SecondLevelOptions.BreakDuration is '00:00:00'; it must be greater than zero and at most 30 days.",
                "SecondLevelOptions.TombstoneLifetime is '31.00:00:00'; it must be greater than zero and at most 30 days.",
                "SecondLevelOptions.MaximumPendingChanges is '0'; it must be at least 1.",
                "SecondLevelOptions.MaximumLoadWait is '-00:00:01'; it must be zero or more and at most 30 days.",
            ],
            fault.Failures);
    }

    [Fact]
    public void A_missing_builder_is_refused()
    {
        Assert.Throws<ArgumentNullException>("builder", () => DistributedCachingBuilderExtensions.UseDistributedCache(null!));
        Assert.Throws<ArgumentNullException>("builder", () => DistributedCachingBuilderExtensions.ConfigureSecondLevel(null!));
    }

    private static SecondLevel? Create(IServiceProvider provider, object? key) => SecondLevel.Create(
        provider, key, new CacheSerializers(provider, key, "default", NullLogger.Instance), "default", TimeProvider.System, NullLogger.Instance, TimeSpan.FromSeconds(30));
}
