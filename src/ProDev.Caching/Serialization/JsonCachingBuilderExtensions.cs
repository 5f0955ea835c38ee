using System.Text.Json;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProDev.Caching;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Says how values become JSON.</summary>
public static class JsonCachingBuilderExtensions
{
    /// <summary>
    /// Sets the JSON options that values are serialized with, for the second level and for copies, by every cache of these services. Only for
    /// types that have no <see cref="IHybridCacheSerializer{T}"/> and no <see cref="IHybridCacheSerializerFactory"/>, and are neither strings nor bytes.
    /// The last call counts.
    /// </summary>
    /// <remarks>
    /// <para>Without a call: fields are included, and NaN and the infinities are written by name.</para>
    /// <para>An application that is compiled natively or trimmed gives options with the resolver of its <c>JsonSerializerContext</c>. A type without
    /// metadata is not serialized, and the log says so. Where the options name no resolver, types are reflected upon if the application allows that.</para>
    /// <para>A type that JSON would not give back as it was, because it has a member of type <see cref="object"/>, a field that is not included or a property
    /// that cannot be set, is not serialized either. Members marked with <c>[JsonIgnore]</c> are lost, as their author wanted.</para>
    /// </remarks>
    /// <param name="builder">The cache.</param>
    /// <param name="options">The options. They are copied when the cache is first used.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="options"/> is null.</exception>
    public static IProDevCachingBuilder UseJsonSerializer(this IProDevCachingBuilder builder, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        builder.Services.RemoveAllKeyed<JsonSerializerOptions>(typeof(IHybridCacheSerializer<>));
        builder.Services.AddKeyedSingleton<JsonSerializerOptions>(serviceKey: typeof(IHybridCacheSerializer<>), options);
        return builder;
    }
}
