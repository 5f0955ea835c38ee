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
