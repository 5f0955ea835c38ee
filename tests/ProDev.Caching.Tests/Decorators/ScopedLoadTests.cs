using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class ScopedLoadTests
{
    [Fact]
    public async Task A_load_without_its_caller_runs_on_a_service_of_its_own_scope_and_disposes_it()
    {
        var made = new List<CityCatalog>();
        var services = new ServiceCollection().AddKeyedScoped<ICityCatalog>("inner", (_, _) =>
        {
            made.Add(new CityCatalog());
            return made[^1];
        });
        await using var provider = services.BuildServiceProvider();
        var context = new CacheDecoratorContext(new ProDevHybridCache(), provider.GetRequiredService<IServiceScopeFactory>(), "inner");
        var caller = new CityCatalog();
        var disposals = -1;
        var call = new CachedMethod<int, City>.ScopedLoad<(ICityCatalog inner, int key)>(
            context,
            (caller, 5),
            (state, token) =>
            {
                disposals = state.inner.Disposals;
                return new ValueTask<City>(state.inner.ByIdAsync(state.key, cancellationToken: token));
            },
            static (state, scope) => state with { inner = scope.Inner<ICityCatalog>() });

        var settings = EntrySettings.BuiltIn with { FactorySoftTimeout = TimeSpan.FromSeconds(1) };
        var flight = new Flight<int, City>(5, settings, new TagTable().Stamp(null), new CacheClock(TimeProvider.System), isCancellable: false);

        var city = await CachedMethod<int, City>.ScopedLoad<(ICityCatalog inner, int key)>.Run(call, flight);

        Assert.Equal(5, city.Id);
        Assert.Equal(0, caller.Loads);
        Assert.Equal(0, disposals);
        Assert.Equal((1, 1), (Assert.Single(made).Loads, made[0].Disposals));
    }

    [Fact]
    public async Task A_refresh_runs_in_a_scope_of_its_own_and_not_on_the_service_of_the_reader()
    {
        var time = new FakeTimeProvider();
        var made = new List<RefreshedQuotes>();
        await using var provider = new ServiceCollection()
            .AddSingleton<TimeProvider>(time)
            .AddScoped<IRefreshedQuotes>(_ =>
            {
                lock (made)
                {
                    made.Add(new RefreshedQuotes(made.Count + 1));
                    return made[^1];
                }
            })
            .DecorateWithCache<IRefreshedQuotes>()
            .BuildServiceProvider();
        Assert.Equal(1, await ReadAsync(provider));
        time.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal(1, await ReadAsync(provider));
        while (await ReadAsync(provider) == 1)
            await Task.Yield();

        var loader = made.Single(quotes => quotes.Loads > 0 && quotes != made[0]);
        Assert.NotSame(made[1], loader);
        Assert.Equal(1, loader.Loads);
        Assert.True(loader.IsDisposed);
    }

    private static async Task<int> ReadAsync(ServiceProvider provider)
    {
        await using var scope = provider.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IRefreshedQuotes>().QuoteAsync("FR");
    }

    [Fact]
    public async Task Removal_is_refused_when_it_is_cancelled_before()
    {
        var method = CachedMethods.Create<int, string>("M");
        method.Set(1, "one", tags: null);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => method.RemoveAsync(1, new CancellationToken(canceled: true)).AsTask());
        Assert.True(method.TryGet(1, out _));
        await method.RemoveAsync(1);
        Assert.False(method.TryGet(1, out _));
    }
}
