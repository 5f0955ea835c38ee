using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Caching.Tests;

public sealed class CacheVaryByTests
{
    [Fact]
    public async Task Results_of_two_tenants_are_kept_apart()
    {
        await using var provider = Provider();
        await using var acme = Scope(provider, "acme", out var first);
        await using var other = Scope(provider, null, out var second);

        Assert.Equal("acme 1", await first.NameAsync(1));
        Assert.Equal(" 2", await second.NameAsync(1));
        Assert.Equal("acme 1", await first.NameAsync(1));
        Assert.Equal(" 2", await second.NameAsync(1));
        Assert.Equal(3, first.Count());
        Assert.Equal(4, second.Count());
    }

    [Fact]
    public async Task Results_of_two_cultures_are_kept_apart()
    {
        await using var provider = Provider();
        await using var acme = Scope(provider, "acme", out var catalog);
        var before = CultureInfo.CurrentCulture;
        try
        {
            await catalog.NameAsync(1);
            CultureInfo.CurrentCulture = Culture("fr-FR");
            Assert.Equal("acme 2", await catalog.NameAsync(1));
            CultureInfo.CurrentCulture = before;
            Assert.Equal("acme 1", await catalog.NameAsync(1));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task Invalidation_by_key_removes_the_result_of_the_caller_s_tenant_only()
    {
        await using var provider = Provider();
        await using var acme = Scope(provider, "acme", out var first);
        await using var other = Scope(provider, "other", out var second);
        await first.NameAsync(1);
        await second.NameAsync(1);

        await first.RenameAsync(1);
        Assert.Equal("other 2", await second.NameAsync(1));
        Assert.Equal("acme 3", await first.NameAsync(1));
        await acme.ServiceProvider.GetRequiredService<ITenantCatalogCache>().InvalidateNameAsync(1);
        Assert.Equal("other 2", await second.NameAsync(1));
        Assert.Equal("acme 4", await first.NameAsync(1));
    }

    [Fact]
    public void A_part_that_is_not_registered_is_named()
    {
        var services = new ServiceCollection().AddSingleton<ITenantCatalog>(_ => null!).DecorateWithCache<ITenantCatalog>();
        using var provider = services.AddKeyedSingleton<ITenantCatalog>("x", (_, _) => null!).BuildServiceProvider();

        var fault = Assert.Throws<InvalidOperationException>(() => CacheDecorators.GetPart<Tenant>(provider));

        Assert.Equal(
            "A cached method varies by 'ProDev.Caching.Tests.Tenant', which is not registered. Register it with the lifetime of the decorated service or a longer one.",
            fault.Message);
    }

    internal static ServiceProvider Provider() => new ServiceCollection()
        .AddScoped<Tenant>()
        .AddSingleton<TenantCatalog.Counter>()
        .AddScoped<ITenantCatalog, TenantCatalog>()
        .DecorateWithCache<ITenantCatalog>()
        .BuildServiceProvider(validateScopes: true);

    internal static AsyncServiceScope Scope(ServiceProvider provider, string? tenant, out ITenantCatalog catalog)
    {
        var scope = provider.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tenant>().Name = tenant;
        catalog = scope.ServiceProvider.GetRequiredService<ITenantCatalog>();
        return scope;
    }

    // In globalization-invariant mode there is one culture; a custom name is enough to tell two apart.
    private static CultureInfo Culture(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            return new NamedCulture(name);
        }
    }

    private sealed class NamedCulture(string name) : CultureInfo("")
    {
        public override string Name => name;
    }
}
