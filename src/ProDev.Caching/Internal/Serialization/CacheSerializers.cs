using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ProDev.Caching.Internal;

/// <summary>
/// The serializers of one cache, each looked for once: one registered for the type, strings and bytes as they are, the factories, the last
/// registered first, and JSON.
/// </summary>
internal sealed class CacheSerializers
{
    private readonly ConcurrentDictionary<Type, object?> _found = new();
    private readonly IServiceProvider? _services;
    private readonly object? _serviceKey;
    private readonly string _cache;
    private readonly ILogger _logger;
    private readonly IHybridCacheSerializerFactory[] _factories;
    private readonly JsonSerializerOptions _json;

    /// <param name="services">Null for a cache that was made by hand: strings, bytes and JSON only.</param>
    /// <param name="serviceKey">The key of the cache; services under it come before those without a key.</param>
    /// <param name="cache">The name of the cache in logs.</param>
    /// <param name="logger">Told once for each type that no serializer can keep.</param>
    public CacheSerializers(IServiceProvider? services, object? serviceKey, string cache, ILogger logger)
    {
        _services = services;
        _serviceKey = serviceKey;
        _cache = cache;
        _logger = logger;
        _factories = services is null ? [] : [.. services.GetServices<IHybridCacheSerializerFactory>().Reverse()];
        _json = JsonMetadata.Complete(services is null ? null : OptionsOf(services));
    }

    /// <summary>The serializer of a type; null when there is none, which the log then tells.</summary>
    public CacheSerializer<T>? Find<T>() =>
        (CacheSerializer<T>?)(_found.TryGetValue(typeof(T), out var found) ? found : _found.GetOrAdd(typeof(T), Make<T>()));

    // The key under which HybridCache's own JSON options are registered.
    private static JsonSerializerOptions? OptionsOf(IServiceProvider services) =>
        services is IKeyedServiceProvider keyed ? keyed.GetKeyedService<JsonSerializerOptions>(typeof(IHybridCacheSerializer<>)) : null;

    private CacheSerializer<T>? Make<T>()
    {
        if (Registered<T>() is { } registered)
            return CacheSerializer<T>.Of(registered, string.Empty);
        if (typeof(T) == typeof(string))
            return CacheSerializer<T>.Of((IHybridCacheSerializer<T>)(object)StringSerializer.Instance, string.Empty);
        if (typeof(T) == typeof(byte[]))
            return CacheSerializer<T>.Of((IHybridCacheSerializer<T>)(object)BytesSerializer.Instance, string.Empty);
        foreach (var factory in _factories)
        {
            if (factory.TryCreateSerializer<T>(out var made))
                return CacheSerializer<T>.Of(made, string.Empty);
        }

        return Json<T>();
    }

    private IHybridCacheSerializer<T>? Registered<T>() =>
        (_serviceKey is null ? null : _services?.GetKeyedService<IHybridCacheSerializer<T>>(_serviceKey))
        ?? _services?.GetService<IHybridCacheSerializer<T>>();

    private CacheSerializer<T>? Json<T>()
    {
        var (shape, fault) = JsonShape.Of(typeof(T), _json);
        if (shape is not null)
            return CacheSerializer<T>.Of(new JsonCacheSerializer<T>((JsonTypeInfo<T>)_json.GetTypeInfo(typeof(T))), shape);
        CacheLog.NoSerializer(_logger, _cache, typeof(T), fault!);
        return null;
    }
}
