using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Caching.Tests;

/// <summary>Decorators of an interface in a library none of whose code has run when the service is decorated.</summary>
public sealed class OtherAssemblyTests
{
    [Fact]
    public async Task The_decorator_of_a_library_is_found_before_any_code_of_it_has_run()
    {
        var library = GeneratorHarness.Load("""
            namespace Atlas;

            public interface ICatalog { [Cached] Task<int> CountAsync(string country); }

            public sealed class Catalog : ICatalog
            {
                private int _calls;
                public Task<int> CountAsync(string country) => Task.FromResult(++_calls);
            }
            """);
        await using var provider = Decorate(library, out var catalog);
        var count = catalog.GetMethod("CountAsync")!.CreateDelegate<Func<string, Task<int>>>(provider.GetRequiredService(catalog));

        Assert.Equal(1, await count("FR"));
        Assert.Equal(1, await count("FR"));
        Assert.Equal(2, await count("DE"));
    }

    [Fact]
    public async Task Tags_are_written_the_same_in_every_culture()
    {
        var library = GeneratorHarness.Load("""
            namespace Atlas;

            public interface ICatalog { [Cached(Tags = ["at:{latitude}"])] Task<int> CountAsync(double latitude); }

            public sealed class Catalog : ICatalog
            {
                private int _calls;
                public Task<int> CountAsync(double latitude) => Task.FromResult(++_calls);
            }
            """);
        await using var provider = Decorate(library, out var catalog);
        var count = catalog.GetMethod("CountAsync")!.CreateDelegate<Func<double, Task<int>>>(provider.GetRequiredService(catalog));

        await count(1.5);
        await provider.GetRequiredService<ProDevHybridCache>().RemoveByTagAsync("at:1.5");

        Assert.Equal(2, await count(1.5));
    }

    [Fact]
    public void A_library_s_interfaces_are_decorated_where_the_application_closes_or_inherits_them()
    {
        var generated = GeneratorHarness.GenerateFor(
            """
            using Atlas;
            using Microsoft.Extensions.DependencyInjection;

            namespace Shop;

            public sealed record Order(int Id, IReadOnlyList<string> Lines);

            public interface IOrders : IStore<Order, Guid>;

            internal static class Registration
            {
                public static void Add(IServiceCollection services) => services
                    .DecorateWithCache<IStore<Order, int>>()
                    .DecorateWithCache<IStore<City, (int, string)>>()
                    .DecorateWithCache<IOrders>()
                    .DecorateWithCache<ICatalog>();
            }
            """,
            library: """
            namespace Atlas;

            public sealed record City(int Id, string Name, City? Capital);

            public interface IStore<T, TId> where T : class
            {
                [Cached(Tags = ["stores"])] Task<T?> FindAsync(TId id, [CacheKeyIgnore] Action<string>? log = null);

                [CacheInvalidates(nameof(FindAsync))] Task RemoveAsync(TId id);
            }

            public interface ICatalog { [Cached] int Count(); }
            """);

        Assert.Contains("class StoreOfShop_OrderAndInt32CacheDecorator : global::Atlas.IStore<global::Shop.Order, int>", generated, StringComparison.Ordinal);
        Assert.Contains("class StoreOfCityAndTupleOfInt32AndStringCacheDecorator", generated, StringComparison.Ordinal);
        Assert.Contains("class Invalidator(Stores stores) : global::Atlas.IStoreCache<global::Shop.Order, int>", generated, StringComparison.Ordinal);
        Assert.Contains("class OrdersCacheDecorator : global::Shop.IOrders", generated, StringComparison.Ordinal);
        Assert.Contains("public interface IOrdersCache", generated, StringComparison.Ordinal);
        Assert.DoesNotContain("class CatalogCacheDecorator", generated, StringComparison.Ordinal);
        Assert.DoesNotContain("interface IStoreCache", generated, StringComparison.Ordinal);
    }

    private static ServiceProvider Decorate(Assembly library, out Type catalog)
    {
        catalog = library.GetType("Atlas.ICatalog")!;
        var services = new ServiceCollection().AddSingleton(catalog, library.GetType("Atlas.Catalog")!);
        typeof(CachingServiceCollectionExtensions).GetMethod(nameof(CachingServiceCollectionExtensions.DecorateWithCache), [typeof(IServiceCollection)])!
            .MakeGenericMethod(catalog)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [services], null);
        return services.BuildServiceProvider();
    }
}
