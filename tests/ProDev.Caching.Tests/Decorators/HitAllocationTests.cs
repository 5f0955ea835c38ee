using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Caching.Tests;

public sealed class HitAllocationTests
{
    private const int Hits = 50;
    private const int Runs = 100;

    [Fact]
    public async Task A_hit_of_a_value_task_method_allocates_nothing()
    {
        using var fixture = new CatalogFixture();
        var catalog = fixture.Catalog;
        await catalog.FindAsync("FR", 1);

        await AssertNoAllocation(() => catalog.FindAsync("FR", 1));
    }

    [Fact]
    public async Task A_hit_of_a_task_method_allocates_nothing()
    {
        using var fixture = new CatalogFixture();
        var catalog = fixture.Catalog;
        await catalog.LargestAsync("FR");

        await AssertNoAllocation(() => new ValueTask<City>(catalog.LargestAsync("FR")));
    }

    [Fact]
    public async Task A_hit_of_a_synchronous_method_allocates_nothing()
    {
        using var fixture = new CatalogFixture();
        var catalog = fixture.Catalog;

        await AssertNoAllocation(() => new ValueTask<int>(catalog.Count("FR")));
    }

    [Fact]
    public async Task A_hit_with_a_single_number_as_its_key_allocates_nothing()
    {
        using var fixture = new CatalogFixture();
        var catalog = fixture.Catalog;
        await catalog.ByIdAsync(5);

        await AssertNoAllocation(() => new ValueTask<City>(catalog.ByIdAsync(5)));
    }

    [Fact]
    public async Task A_hit_of_a_generic_method_allocates_nothing()
    {
        using var provider = new ServiceCollection().AddSingleton<IStore<City>, Store<City>>().DecorateWithCache<IStore<City>>().BuildServiceProvider();
        var store = provider.GetRequiredService<IStore<City>>();

        await AssertNoAllocation(() => store.FindAsync<string>(1));
    }

    [Fact]
    public async Task A_hit_of_a_method_that_varies_by_the_surroundings_allocates_nothing()
    {
        await using var provider = CacheVaryByTests.Provider();
        await using var scope = CacheVaryByTests.Scope(provider, "acme", out var catalog);

        await AssertNoAllocation(() => catalog.NameAsync(1));
    }

    [Fact]
    public async Task A_hit_by_an_interpolated_key_allocates_nothing()
    {
        var cache = new ProDevHybridCache();
        var country = "FR";

        await AssertNoAllocation(() => cache.GetOrCreateAsync($"city:{country}:{42}", static _ => new ValueTask<string>("Lyon")));
    }

    [Fact]
    public async Task A_hit_of_an_entry_with_tags_allocates_nothing()
    {
        var cache = new ProDevHybridCache();
        string[] tags = ["country:FR", "cities"];

        await AssertNoAllocation(() => cache.GetOrCreateAsync("city", static _ => new ValueTask<string>("Lyon"), tags: tags));
    }

    [Fact]
    public async Task A_hit_in_a_full_cache_allocates_nothing()
    {
        var cache = new ProDevHybridCache(new ProDevCachingOptions { MaximumEntries = 3 });
        for (var index = 0; index < 10; index++)
            await cache.SetAsync($"{index}", "Lyon");

        await AssertNoAllocation(() => new ValueTask<bool>(cache.TryGet<string>("9", out _) ? true : throw new InvalidOperationException("The newest is there.")));
    }

    // A hit completes at once, so the awaits below never leave this thread.
    private static async Task AssertNoAllocation<T>(Func<ValueTask<T>> hit)
    {
        // The first run compiles, and loads what is not there yet. A collection that other tests cause may empty the runtime's array
        // pool during another; what a hit itself allocates is there in every run.
        var least = long.MaxValue;
        for (var run = 0; run < Runs; run++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var round = 0; round < Hits; round++)
                await hit();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }
}
