using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Caching.Tests;

public sealed class InvalidatorTests
{
    [Fact]
    public async Task The_invalidator_removes_the_result_of_equal_arguments()
    {
        var inner = new CityCatalog();
        await using var provider = new ServiceCollection().AddSingleton<ICityCatalog>(inner).DecorateWithCache<ICityCatalog>().BuildServiceProvider();
        var catalog = provider.GetRequiredService<ICityCatalog>();
        await catalog.FindAsync("FR", 1);
        await catalog.FindAsync("FR", 2);

        await provider.GetRequiredService<ICityCatalogCache>().InvalidateFindAsync("FR", 1);
        await catalog.FindAsync("FR", 2);
        Assert.Equal(2, inner.Loads);
        await catalog.FindAsync("FR", 1);
        Assert.Equal(3, inner.Loads);
    }

    [Fact]
    public async Task The_invalidator_has_the_key_and_the_lifetime_of_its_registration()
    {
        await using var provider = new ServiceCollection()
            .AddKeyedScoped<ICityCatalog, CityCatalog>("eu")
            .AddSingleton<ICityCatalog, CityCatalog>()
            .DecorateWithCache<ICityCatalog>("eu")
            .DecorateWithCache<ICityCatalog>()
            .BuildServiceProvider(validateScopes: true);
        await using var scope = provider.CreateAsyncScope();
        var eu = scope.ServiceProvider.GetRequiredKeyedService<ICityCatalog>("eu");
        var plain = provider.GetRequiredService<ICityCatalog>();
        var (european, first) = (await eu.FindAsync("FR", 1), await plain.FindAsync("FR", 1));

        await scope.ServiceProvider.GetRequiredKeyedService<ICityCatalogCache>("eu").InvalidateFindAsync("FR", 1);

        Assert.NotSame(european, await eu.FindAsync("FR", 1));
        Assert.Same(first, await plain.FindAsync("FR", 1));
        Assert.Throws<InvalidOperationException>(() => provider.GetKeyedService<ICityCatalogCache>("eu"));
        Assert.Same(provider.GetRequiredService<ICityCatalogCache>(), scope.ServiceProvider.GetRequiredService<ICityCatalogCache>());
    }
}
