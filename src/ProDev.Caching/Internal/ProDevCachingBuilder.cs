using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Caching.Internal;

internal sealed class ProDevCachingBuilder(IServiceCollection services) : IProDevCachingBuilder
{
    public IServiceCollection Services { get; } = services;
}
