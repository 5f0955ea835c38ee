using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Caching.Tests;

public sealed class CachePutTests
{
    private static readonly City Lyon = new(1, "Lyon", "FR");

    [Fact]
    public async Task The_result_replaces_the_cached_one_of_equal_arguments()
    {
        await using var provider = Provider(out var inner);
        var store = provider.GetRequiredService<IStore<City>>();
        await store.FindAsync(1);
        await store.FindAsync(2);

        Assert.Same(Lyon, await store.SaveAsync(1, Lyon));
        Assert.Same(Lyon, await store.FindAsync(1));
        Assert.Null(await store.FindAsync(2));
        Assert.Equal(2, inner.Loads);
    }

    [Fact]
    public async Task The_replaced_result_has_the_tags_of_the_cached_method()
    {
        await using var provider = Provider(out var inner);
        var store = provider.GetRequiredService<IStore<City>>();
        await store.SaveAsync(1, Lyon);

        await provider.GetRequiredService<ProDevHybridCache>().RemoveByTagAsync("store");

        Assert.Null(await store.FindAsync(1));
        Assert.Equal(1, inner.Loads);
    }

    [Fact]
    public async Task The_cached_result_goes_when_the_method_failed()
    {
        await using var provider = Provider(out var inner);
        var store = provider.GetRequiredService<IStore<City>>();
        await store.FindAsync(-1);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.SaveAsync(-1, Lyon));
        await store.FindAsync(-1);

        Assert.Equal(2, inner.Loads);
    }

    private static ServiceProvider Provider(out Store<City> inner)
    {
        inner = new Store<City>();
        return new ServiceCollection().AddSingleton<IStore<City>>(inner).DecorateWithCache<IStore<City>>().BuildServiceProvider();
    }
}
