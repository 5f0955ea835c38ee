using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Caching.Tests;

public sealed class GenericServiceTests
{
    [Fact]
    public async Task A_closed_generic_interface_is_decorated()
    {
        var inner = new Store<City>();
        await using var provider = new ServiceCollection().AddSingleton<IStore<City>>(inner).DecorateWithCache<IStore<City>>().BuildServiceProvider();
        var store = provider.GetRequiredService<IStore<City>>();

        await store.FindAsync(1);
        Assert.Same(store.FindAsync(1), store.FindAsync(1));
        Assert.Equal(1, inner.Loads);
        await provider.GetRequiredService<ProDevHybridCache>().RemoveByTagAsync("store");
        await store.FindAsync(1);
        Assert.Equal(2, inner.Loads);
    }

    [Fact]
    public async Task Only_the_closed_service_is_decorated_when_the_registration_is_open()
    {
        var services = new ServiceCollection().AddScoped(typeof(IStore<>), typeof(Store<>)).DecorateWithCache<IStore<City>>();
        await using var provider = services.DecorateWithCache<IStore<City>>().BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();

        Assert.IsNotType<Store<City>>(scope.ServiceProvider.GetRequiredService<IStore<City>>());
        Assert.IsType<Store<string>>(scope.ServiceProvider.GetRequiredService<IStore<string>>());
        Assert.Equal(3, services.Count(service => service.ServiceType.Name.StartsWith("IStore`", StringComparison.Ordinal)));
        Assert.Null(await scope.ServiceProvider.GetRequiredService<IStore<City>>().FindAsync(1));
    }

    [Fact]
    public async Task A_generic_method_has_a_store_for_each_type_argument()
    {
        var inner = new Store<City>();
        await using var provider = new ServiceCollection().AddSingleton<IStore<City>>(inner).DecorateWithCache<IStore<City>>().BuildServiceProvider();
        var store = provider.GetRequiredService<IStore<City>>();

        Assert.Equal("text 1", await store.FindAsync<string>(1));
        Assert.Null(await store.FindAsync<Version>(1));
        Assert.Equal("text 1", await store.FindAsync<string>(1));
        Assert.Null(await store.FindAsync<Version>(1));
        Assert.Equal(2, inner.Loads);
    }

    [Fact]
    public async Task An_interface_that_marks_nothing_itself_is_decorated_for_what_it_inherits()
    {
        var inner = new CityStore();
        await using var provider = new ServiceCollection().AddSingleton<ICityStore>(inner).DecorateWithCache<ICityStore>().BuildServiceProvider();
        var store = provider.GetRequiredService<ICityStore>();

        await store.FindAsync(1);
        await ((IStore<City>)store).FindAsync(1);

        Assert.Equal(1, inner.Loads);
        Assert.Equal("cities", store.Name);
        await provider.GetRequiredService<ICityStoreCache>().InvalidateFindAsync(1);
        await store.FindAsync(1);
        Assert.Equal(2, inner.Loads);
    }

    [Fact]
    public async Task The_invalidator_of_a_closed_interface_removes_by_argument_and_type_argument()
    {
        var inner = new Store<City>();
        await using var provider = new ServiceCollection().AddSingleton<IStore<City>>(inner).DecorateWithCache<IStore<City>>().BuildServiceProvider();
        var store = provider.GetRequiredService<IStore<City>>();
        await store.FindAsync<string>(1);
        await store.FindAsync<Version>(1);

        await provider.GetRequiredService<IStoreCache<City>>().InvalidateFindAsync<string>(1);

        Assert.Equal("text 3", await store.FindAsync<string>(1));
        await store.FindAsync<Version>(1);
        Assert.Equal(3, inner.Loads);
    }
}
