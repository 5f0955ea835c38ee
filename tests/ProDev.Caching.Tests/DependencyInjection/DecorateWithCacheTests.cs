using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Caching.Tests;

public sealed class DecorateWithCacheTests
{
    [Theory]
    [InlineData(ServiceLifetime.Singleton)]
    [InlineData(ServiceLifetime.Scoped)]
    [InlineData(ServiceLifetime.Transient)]
    public async Task The_lifetime_is_kept_and_all_instances_share_the_results(ServiceLifetime lifetime)
    {
        var services = new ServiceCollection();
        services.Insert(0, new ServiceDescriptor(typeof(ICityCatalog), typeof(CityCatalog), lifetime));
        services.DecorateWithCache<ICityCatalog>();
        await using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
        await using var scope = provider.CreateAsyncScope();
        await using var other = provider.CreateAsyncScope();

        var first = scope.ServiceProvider.GetRequiredService<ICityCatalog>();
        var same = scope.ServiceProvider.GetRequiredService<ICityCatalog>();
        var elsewhere = other.ServiceProvider.GetRequiredService<ICityCatalog>();

        Assert.Equal(lifetime, services.Last(service => service.ServiceType == typeof(ICityCatalog) && !service.IsKeyedService).Lifetime);
        Assert.Equal(lifetime != ServiceLifetime.Transient, ReferenceEquals(first, same));
        Assert.Equal(lifetime == ServiceLifetime.Singleton, ReferenceEquals(first, elsewhere));
        Assert.Same(await first.FindAsync("FR", 1), await elsewhere.FindAsync("FR", 1));
    }

    [Fact]
    public void A_type_and_a_factorys_result_are_disposed_once_and_an_instance_never()
    {
        var made = new CityCatalog();
        var given = new CityCatalog();
        ICityCatalog typed;
        using (var provider = new ServiceCollection().AddScoped<ICityCatalog>(_ => made).DecorateWithCache<ICityCatalog>().BuildServiceProvider())
        using (var scope = provider.CreateScope())
            scope.ServiceProvider.GetRequiredService<ICityCatalog>().Dispose();
        using (var provider = new ServiceCollection().AddSingleton<ICityCatalog>(given).DecorateWithCache<ICityCatalog>().BuildServiceProvider())
            Assert.NotSame(given, provider.GetRequiredService<ICityCatalog>());
        using (var provider = new ServiceCollection().AddScoped<ICityCatalog, CityCatalog>().DecorateWithCache<ICityCatalog>().BuildServiceProvider())
        using (var scope = provider.CreateScope())
            typed = scope.ServiceProvider.GetRequiredService<ICityCatalog>();

        Assert.Equal(1, made.Disposals);
        Assert.Equal(0, given.Disposals);
        Assert.Equal(1, typed.Disposals);
    }

    [Fact]
    public async Task Only_the_last_registration_is_decorated()
    {
        var first = new CityCatalog();
        var last = new CityCatalog();
        await using var provider = new ServiceCollection()
            .AddSingleton<ICityCatalog>(first)
            .AddSingleton<ICityCatalog>(last)
            .DecorateWithCache<ICityCatalog>()
            .BuildServiceProvider();

        var all = provider.GetServices<ICityCatalog>().ToArray();
        await all[1].FindAsync("FR", 1);

        Assert.Equal(2, all.Length);
        Assert.Same(first, all[0]);
        Assert.Same(all[1], provider.GetRequiredService<ICityCatalog>());
        Assert.Equal(1, last.Loads);
    }

    [Fact]
    public async Task Decorating_twice_decorates_once()
    {
        var inner = new CityCatalog();
        var services = new ServiceCollection().AddSingleton<ICityCatalog>(inner).DecorateWithCache<ICityCatalog>();
        services.DecorateWithCache<ICityCatalog>();
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<ICityCatalog>().FindAsync("FR", 1);

        Assert.Equal(2, services.Count(service => service.ServiceType == typeof(ICityCatalog)));
        Assert.Equal(1, inner.Loads);
    }

    [Fact]
    public async Task Each_key_has_its_own_service_and_its_own_results()
    {
        var plain = new CityCatalog();
        await using var provider = new ServiceCollection()
            .AddSingleton<ICityCatalog>(plain)
            .AddKeyedSingleton<ICityCatalog, CityCatalog>("eu")
            .AddKeyedScoped<ICityCatalog>("us", (_, key) => new CityCatalog { Log = { $"made for {key}" } })
            .AddKeyedSingleton<ICityCatalog>("raw", new CityCatalog())
            .DecorateWithCache<ICityCatalog>("eu")
            .DecorateWithCache<ICityCatalog>("us")
            .DecorateWithCache<ICityCatalog>()
            .BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var eu = provider.GetRequiredKeyedService<ICityCatalog>("eu");
        var us = scope.ServiceProvider.GetRequiredKeyedService<ICityCatalog>("us");

        var european = await eu.FindAsync("FR", 1);
        var american = await us.FindAsync("FR", 1);

        Assert.NotSame(european, american);
        Assert.Same(european, await eu.FindAsync("FR", 1));
        Assert.Equal("made for us", us[0]);
        Assert.Equal(0, plain.Loads);
        Assert.IsType<CityCatalog>(provider.GetRequiredKeyedService<ICityCatalog>("raw"));
        Assert.IsNotType<CityCatalog>(provider.GetRequiredService<ICityCatalog>());
    }

    [Fact]
    public async Task Each_decorated_registration_of_a_service_has_its_own_results()
    {
        await using var provider = new ServiceCollection()
            .AddSingleton<ICityCatalog>(new CityCatalog())
            .DecorateWithCache<ICityCatalog>()
            .AddSingleton<ICityCatalog>(new CityCatalog())
            .DecorateWithCache<ICityCatalog>()
            .BuildServiceProvider();
        var all = provider.GetServices<ICityCatalog>().ToArray();

        Assert.Equal(2, all.Length);
        Assert.NotSame(await all[0].FindAsync("FR", 1), await all[1].FindAsync("FR", 1));
    }

    [Fact]
    public async Task Decorating_again_around_another_decorator_does_not_wait_for_itself()
    {
        var inner = new CityCatalog();
        var services = new ServiceCollection().AddSingleton<ICityCatalog>(inner).DecorateWithCache<ICityCatalog>();
        var cached = services.Single(service => service is { IsKeyedService: false } && service.ServiceType == typeof(ICityCatalog));
        services.AddSingleton(provider => (ICityCatalog)cached.ImplementationFactory!(provider)).DecorateWithCache<ICityCatalog>();
        await using var provider = services.BuildServiceProvider();

        var find = provider.GetRequiredService<ICityCatalog>().FindAsync("FR", 1);

        // The load completes at once, unless it waits for the one it is part of.
        Assert.True(find.IsCompleted);
        Assert.Equal(1, inner.Loads);
    }

    [Fact]
    public void The_error_says_what_to_register_when_the_service_is_not_registered()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => new ServiceCollection().DecorateWithCache<ICityCatalog>());
        Assert.Equal(
            "DecorateWithCache<ICityCatalog>() found no registration of 'ProDev.Caching.Tests.ICityCatalog' to decorate. " +
            "Register the service first, as in services.AddScoped<ICityCatalog, ...>(), and call DecorateWithCache after that.",
            fault.Message);

        var keyed = Assert.Throws<InvalidOperationException>(() =>
            new ServiceCollection().AddSingleton<ICityCatalog, CityCatalog>().DecorateWithCache<ICityCatalog>("eu"));
        Assert.Contains("'ProDev.Caching.Tests.ICityCatalog' with the key 'eu'", keyed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_says_what_to_mark_when_there_is_no_decorator()
    {
        var fault = Assert.Throws<InvalidOperationException>(() =>
            new ServiceCollection().AddSingleton<IServiceProviderFactory<string>>(_ => null!).DecorateWithCache<IServiceProviderFactory<string>>());

        Assert.StartsWith("DecorateWithCache<IServiceProviderFactory`1>() found no generated decorator for '", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "Put [Cached] on at least one method that the interface itself declares, and let the project that declares it reference " +
            "ProDev.Caching, whose source generator writes the decorator.",
            fault.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_registration_for_any_key_is_refused()
    {
        var services = new ServiceCollection().AddKeyedSingleton<ICityCatalog, CityCatalog>(KeyedService.AnyKey);

        Assert.Throws<ArgumentException>("serviceKey", () => services.DecorateWithCache<ICityCatalog>(KeyedService.AnyKey));
    }
}
