using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using ProDev.Caching.Tests;

namespace ProDev.Caching.Snippets;

#region snippet: caching-decorate
public interface IPopulation
{
    [Cached(Expiration = "00:10:00", Tags = ["country:{country}"])]
    ValueTask<int> CountAsync(string country, int year, CancellationToken ct = default);

    [CacheInvalidates(nameof(CountAsync))]
    Task CorrectAsync(string country, int year, int count, CancellationToken ct = default);
}
#endregion

public sealed class Population : IPopulation
{
    public int Reads { get; private set; }

    public ValueTask<int> CountAsync(string country, int year, CancellationToken ct = default) => new(++Reads);

    public Task CorrectAsync(string country, int year, int count, CancellationToken ct = default) => Task.CompletedTask;
}

public sealed class ReadmeSnippets
{
    [Fact]
    public async Task The_readme_does_what_it_says()
    {
        var services = new ServiceCollection();

        #region snippet: caching-register
        services.AddProDevCaching(options => options.MaximumEntries = 50_000);
        services.AddScoped<IPopulation, Population>()
                .DecorateWithCache<IPopulation>();
        #endregion

        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var population = scope.ServiceProvider.GetRequiredService<IPopulation>();
        Assert.Equal(1, await population.CountAsync("FR", 2026));
        Assert.Equal(1, await population.CountAsync("FR", 2026));
        await population.CorrectAsync("FR", 2026, 2);
        Assert.Equal(2, await population.CountAsync("FR", 2026));

        var cache = provider.GetRequiredService<ProDevHybridCache>();
        Assert.Equal("Lyon", await ReadAsync(cache, "FR", 1, CancellationToken.None));
        Assert.True(cache.TryGet<City>("city:FR:1", out _));
        await InvalidateAsync(cache);
        Assert.False(cache.TryGet<City>("city:FR:1", out _));
        Assert.Equal(3, await population.CountAsync("FR", 2026));
    }

    [Fact]
    public async Task A_value_outlives_its_process_in_the_second_level()
    {
        using var shared = new SharedMemory();
        await using (var first = Start(shared))
            await first.GetRequiredService<ProDevHybridCache>().SetAsync("city:FR:1", new City(1, "Lyon", "FR"));

        await using var second = Start(shared);
        Assert.Equal("Lyon", (await second.GetRequiredService<ProDevHybridCache>().TryGetAsync<City>("city:FR:1")).Value?.Name);
    }

    [Fact]
    public void The_health_check_of_the_readme_is_registered()
    {
        var services = new ServiceCollection();

        #region snippet: caching-health
        services.AddHealthChecks()
                .AddProDevCaching(tags: ["ready"]);   // of a cache under a key: AddKeyedProDevCaching("sessions")
        #endregion

        using var provider = services.BuildServiceProvider();
        var check = Assert.Single(provider.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations);
        Assert.Equal("prodev-cache", check.Name);
        Assert.Equal(["ready"], check.Tags);
    }

    private static ServiceProvider Start(SharedMemory shared)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IDistributedCache>(shared.Cache);

        #region snippet: caching-levels
        services.AddProDevCaching(options => options.DefaultEntryOptions = new CacheEntryOptions
        {
            Expiration = TimeSpan.FromMinutes(10),
            FailSafeMaxDuration = TimeSpan.FromHours(2),           // an old value rather than an error,
            FactorySoftTimeout = TimeSpan.FromMilliseconds(100),   // or rather than a wait
            EagerRefreshThreshold = 0.8,                           // the next value before this one expires
        }).UseDistributedCache();                                  // or UseRedis("localhost:6379")
        #endregion

        return services.BuildServiceProvider();
    }

    private static async Task<string> ReadAsync(HybridCache cache, string country, int id, CancellationToken ct)
    {
        #region snippet: caching-use
        var city = await cache.GetOrCreateAsync(
            $"city:{country}:{id}",
            (country, id),
            static (key, token) => LoadCityAsync(key.country, key.id, token),
            tags: ["country:FR"],
            cancellationToken: ct);
        #endregion
        return city.Name;
    }

    private static async Task InvalidateAsync(ProDevHybridCache cache)
    {
        #region snippet: caching-invalidate
        await cache.RemoveByTagAsync("country:FR");   // also the results of decorated methods
        #endregion
    }

    private static ValueTask<City> LoadCityAsync(string country, int id, CancellationToken token) => new(new City(id, "Lyon", country));

    private sealed class SharedMemory : IDisposable
    {
        private readonly ServiceProvider _provider = new ServiceCollection().AddDistributedMemoryCache().BuildServiceProvider();

        // Behind the interface only, so that a container it is given to does not dispose it.
        public IDistributedCache Cache => _provider.GetRequiredService<IDistributedCache>();

        public void Dispose() => _provider.Dispose();
    }
}
