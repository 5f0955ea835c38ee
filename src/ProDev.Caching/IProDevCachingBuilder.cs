using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Caching;

/// <summary>What <c>AddProDevCaching</c> returns: other packages extend it with what they add to the cache.</summary>
public interface IProDevCachingBuilder
{
    /// <summary>The services the cache was registered in.</summary>
    IServiceCollection Services { get; }

    /// <summary>The key the cache was registered under; null: the cache without a key. Its text is the name of the cache's options.</summary>
    object? ServiceKey { get; }
}
