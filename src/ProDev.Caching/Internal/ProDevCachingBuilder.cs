using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Caching.Internal;

internal sealed class ProDevCachingBuilder(IServiceCollection services, object? serviceKey) : IProDevCachingBuilder
{
    public IServiceCollection Services { get; } = services;

    public object? ServiceKey { get; } = serviceKey;
}
