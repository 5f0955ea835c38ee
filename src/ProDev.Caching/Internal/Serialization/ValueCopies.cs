using Microsoft.Extensions.Logging;

namespace ProDev.Caching.Internal;

/// <summary>Decides for each type whether callers share a value or get copies.</summary>
internal sealed class ValueCopies(CacheSerializers serializers, string cache, ILogger logger)
{
    /// <summary>
    /// The copier of a type; null: values are shared. Under <see cref="ValueIsolation.Auto"/> a type that no serializer can keep is shared, and
    /// the log tells it: a shared value is at least the one that was loaded, a copy that lost something is not.
    /// </summary>
    /// <exception cref="InvalidOperationException">Copies were asked for and no serializer can make them.</exception>
    public ICopier<T>? For<T>(ValueIsolation isolation) => isolation switch
    {
        ValueIsolation.Share => null,
        ValueIsolation.Copy => Copier<T>(mustCopy: true) ?? throw Missing(typeof(T)),
        _ when ImmutableTypes.IsImmutable<T>() => null,
        _ => Copier<T>(mustCopy: false),
    };

    private static InvalidOperationException Missing(Type type) => new(
        $"The cache is to copy values of the type '{type}' and has no serializer for it. Register an IHybridCacheSerializer<{type.Name}>, add its JSON " +
        $"metadata with UseJsonSerializer, or set Isolation to '{nameof(ValueIsolation.Share)}'.");

    private SerializedCopier<T>? Copier<T>(bool mustCopy) => serializers.Find<T>() is { } found
        ? new SerializedCopier<T>(found.Serializer, !mustCopy && ImmutableTypes.IsImmutableWhenExact<T>(), mustCopy, cache, logger)
        : null;
}
