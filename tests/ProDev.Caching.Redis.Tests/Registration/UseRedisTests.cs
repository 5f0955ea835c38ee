using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace ProDev.Caching.Redis.Tests;

[Trait("Requires", "Redis")]
public sealed class UseRedisTests
{
    private const string Nowhere = "127.0.0.1:1";

    [Fact]
    public void RegistersTheThreePartsOnce_WhenCalledTwice()
    {
        var services = new ServiceCollection();
        services.AddProDevCaching().UseRedis(Nowhere);
        var count = services.Count(service => service.ServiceType.Assembly != typeof(IOptions<>).Assembly);
        services.AddProDevCaching().UseRedis(options => options.KeyPrefix = "shop:");
        using var provider = services.BuildServiceProvider();

        Assert.Equal(count, services.Count(service => service.ServiceType.Assembly != typeof(IOptions<>).Assembly));
        Assert.IsType<RedisCacheStore>(Assert.Single(provider.GetServices<IDistributedCacheStore>()));
        Assert.IsType<RedisCacheBackplane>(Assert.Single(provider.GetServices<ICacheBackplane>()));
        Assert.IsType<RedisLoadLocks>(Assert.Single(provider.GetServices<ICacheLoadLocks>()));
        var options = provider.GetRequiredService<IOptions<RedisCacheOptions>>().Value;
        Assert.Equal((Nowhere, "shop:"), (options.Configuration, options.KeyPrefix));
    }

    [Fact]
    public void KeepsWhatTheApplicationRegistered_WhenThereIsAStoreAlready()
    {
        var mine = new RedisCacheStore(new RedisConnection(() => throw new NotSupportedException(), isOwned: false, TimeProvider.System), new RedisKeys(""));
        var services = new ServiceCollection().AddSingleton<IDistributedCacheStore>(mine);
        services.AddProDevCaching().UseRedis(Nowhere);
        using var provider = services.BuildServiceProvider();

        Assert.Same(mine, provider.GetRequiredService<IDistributedCacheStore>());
    }

    [Fact]
    public async Task GivesEachCacheItsOwnKeys_WhenSeveralShareARedis()
    {
        var services = new ServiceCollection();
        var root = TestRedis.NewPrefix();
        services.AddProDevCaching().UseRedis(TestRedis.Configuration);
        services.AddKeyedProDevCaching("small").UseRedis(TestRedis.Configuration);
        services.AddKeyedProDevCaching(5).UseRedis(options => (options.Configuration, options.KeyPrefix) = (TestRedis.Configuration, root));
        await using var provider = services.BuildServiceProvider();
        var name = $"{Guid.NewGuid():n}";
        var small = provider.GetRequiredKeyedService<IDistributedCacheStore>("small");
        var five = provider.GetRequiredKeyedService<IDistributedCacheStore>(5);

        await small.WriteAsync(name, Payload.Of(1), TimeSpan.FromMinutes(1), null, default);

        Assert.False((await small.ReadAsync(name, [], default)).Payload.IsEmpty);
        Assert.True((await five.ReadAsync(name, [], default)).Payload.IsEmpty);
        Assert.True((await provider.GetRequiredService<IDistributedCacheStore>().ReadAsync(name, [], default)).Payload.IsEmpty);
        Assert.NotNull(provider.GetKeyedService<ICacheBackplane>("small"));
        Assert.NotNull(provider.GetKeyedService<ICacheLoadLocks>("small"));
        await TestRedis.DeleteAsync(root);
        await TestRedis.DeleteAsync(RedisKeys.DefaultPrefix("small") + "e:" + name);
    }

    [Theory]
    [InlineData("", "{prodev:cache}:")]
    [InlineData("small", "{prodev:cache/small}:")]
    [InlineData("a:e", "{prodev:cache/a%3Ae}:")] // A name cannot make one prefix the beginning of another,
    [InlineData("}{", "{prodev:cache/%7D%7B}:")] // or end the hash tag.
    public void DerivesThePrefixFromTheName_WhenNoneIsSet(string name, string prefix)
    {
        Assert.Equal(prefix, RedisKeys.DefaultPrefix(name));
    }

    [Fact]
    public async Task UsesTheRegisteredMultiplexerAndLeavesItOpen_WhenNoConfigurationIsSet()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(TestRedis.Configuration);
        await using var keyed = await ConnectionMultiplexer.ConnectAsync(TestRedis.Configuration);
        var services = new ServiceCollection().AddSingleton<IConnectionMultiplexer>(_ => redis).AddKeyedSingleton<IConnectionMultiplexer>("small", (_, _) => keyed);
        services.AddProDevCaching().UseRedis();
        services.AddKeyedProDevCaching("small").UseRedis();
        services.AddKeyedProDevCaching("large").UseRedis();
        using (var provider = services.BuildServiceProvider())
        {
            provider.GetRequiredService<IStartupValidator>().Validate();

            Assert.Same(redis, await provider.GetRequiredService<RedisConnection>().GetAsync(default));
            Assert.Same(keyed, await provider.GetRequiredKeyedService<RedisConnection>("small").GetAsync(default));
            Assert.Same(redis, await provider.GetRequiredKeyedService<RedisConnection>("large").GetAsync(default));
            provider.GetRequiredService<RedisConnection>().Dispose();

            await redis.GetDatabase().PingAsync();
        }
    }

    [Fact]
    public async Task ClosesItsOwnConnection_WhenTheContainerIsDisposed()
    {
        // On a clock that stands still the patience for the first connection has no end, however busy the machine is.
        var services = new ServiceCollection().AddSingleton<TimeProvider>(new FakeTimeProvider());
        services.AddProDevCaching().UseRedis(TestRedis.Configuration);
        var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<ICacheLoadLocks>().WaitAsync("city", default);
        var redis = await provider.GetRequiredService<RedisConnection>().GetAsync(default);

        await provider.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => redis.GetDatabase().Ping());
    }

    [Fact]
    public void StartsWithoutRedis_WhenItCannotBeReached()
    {
        var services = new ServiceCollection();
        services.AddProDevCaching().UseRedis(Nowhere);
        using var provider = services.BuildServiceProvider();

        provider.GetRequiredService<IStartupValidator>().Validate();

        Assert.NotNull(provider.GetRequiredService<IDistributedCacheStore>());
    }

    [Fact]
    public void HasTheDefaultsOfItsDocumentation_WhenNothingIsSet()
    {
        var options = new RedisCacheOptions();

        Assert.Null(options.Configuration);
        Assert.Null(options.KeyPrefix);
        Assert.Equal(TimeSpan.FromSeconds(5), options.HeartbeatInterval);
        Assert.Equal(TimeSpan.FromSeconds(10), options.LoadLockLease);
    }

    [Fact]
    public void TakesItsSettingsFromConfiguration_WhenTheyAreBound()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Redis:Configuration"] = Nowhere,
            ["Redis:KeyPrefix"] = "{shop}:",
            ["Redis:HeartbeatInterval"] = "00:00:02",
            ["Redis:LoadLockLease"] = "00:00:30",
        }).Build();
        var services = new ServiceCollection();
        services.AddProDevCaching().UseRedis(settings.GetSection("Redis").Bind);
        using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptions<RedisCacheOptions>>().Value;

        Assert.Equal(
            (Nowhere, "{shop}:", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30)),
            (options.Configuration, options.KeyPrefix, options.HeartbeatInterval, options.LoadLockLease));
    }

    [Fact]
    public void ReportsAllFaultsTogetherAtStart_WithoutThePassword()
    {
        var services = new ServiceCollection();
        services.AddProDevCaching().UseRedis(options =>
        {
            options.Configuration = "host,password=secret,x,connectTimeout=soon";
            options.KeyPrefix = "";
            options.HeartbeatInterval = TimeSpan.Zero;
            options.LoadLockLease = TimeSpan.FromHours(2);
        });
        using var provider = services.BuildServiceProvider();

        var fault = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal(
            [
                "RedisCacheOptions.Configuration cannot be read, or names no server. It is not repeated here, because it may hold a password. "
                + "Set it to addresses and settings separated by commas, as in 'localhost:6379,ssl=true'.",
                "RedisCacheOptions.KeyPrefix is ''; it must have at least one character, or be null for the default.",
                "RedisCacheOptions.HeartbeatInterval is '00:00:00'; it must be from '00:00:00.1000000' to '01:00:00'.",
                "RedisCacheOptions.LoadLockLease is '02:00:00'; it must be from '00:00:00.1000000' to '01:00:00'.",
            ],
            fault.Failures);
    }

    [Theory]
    [InlineData("")]
    [InlineData("password=secret")]
    public void ReportsAConfigurationWithoutAServer_AtStart(string configuration)
    {
        var services = new ServiceCollection();
        services.AddProDevCaching().UseRedis(options => options.Configuration = configuration);
        using var provider = services.BuildServiceProvider();

        var fault = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.StartsWith("RedisCacheOptions.Configuration cannot be read, or names no server.", Assert.Single(fault.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void ReportsAMissingMultiplexerAtStart_WhenNoConfigurationIsSetEither()
    {
        var services = new ServiceCollection().AddKeyedSingleton<IConnectionMultiplexer>("other", (_, _) => throw new NotSupportedException());
        services.AddKeyedProDevCaching("small").UseRedis();
        using var provider = services.BuildServiceProvider();

        var fault = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal(
            "RedisCacheOptions.Configuration is not set, and no IConnectionMultiplexer is registered. "
            + "Set it to the address of Redis, as in 'localhost:6379', or register a multiplexer.",
            Assert.Single(fault.Failures));
    }

    [Fact]
    public void RefusesMissingArguments_AtOnce()
    {
        var builder = new ServiceCollection().AddProDevCaching();

        Assert.Throws<ArgumentNullException>(() => ((IProDevCachingBuilder)null!).UseRedis());
        Assert.Throws<ArgumentNullException>(() => builder.UseRedis((string)null!));
        Assert.Throws<ArgumentException>(() => builder.UseRedis(" "));
    }
}
