using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Caching.Tests;

/// <summary>Stores of methods without a decorator around them.</summary>
internal static class CachedMethods
{
    public static CachedMethod<TKey, TValue> Create<TKey, TValue>(string name, ProDevHybridCache? cache = null, IServiceProvider? services = null, object? registration = null)
        where TKey : notnull
    {
        services ??= new ServiceCollection().BuildServiceProvider();
        var context = new CacheDecoratorContext(cache ?? new ProDevHybridCache(), services.GetRequiredService<IServiceScopeFactory>(), registration);
        return new CachedMethod<TKey, TValue>(context, name, options: null, format: null);
    }
}
