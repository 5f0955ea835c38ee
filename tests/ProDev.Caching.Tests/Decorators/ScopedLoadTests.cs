using Microsoft.Extensions.DependencyInjection;

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

        var city = await CachedMethod<int, City>.ScopedLoad<(ICityCatalog inner, int key)>.WithoutCaller(call, CancellationToken.None);

        Assert.Equal(5, city.Id);
        Assert.Equal(0, caller.Loads);
        Assert.Equal(0, disposals);
        Assert.Equal((1, 1), (Assert.Single(made).Loads, made[0].Disposals));
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
