using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ProDev.Caching.Internal;

/// <summary>
/// Where the metadata of types comes from: the application's options, and, where those name no resolver, reflection if the application allows that.
/// </summary>
internal static class JsonMetadata
{
    public static JsonSerializerOptions Complete(JsonSerializerOptions? options)
    {
        // Tuples have nothing but fields, and a double may be NaN: without these two they would come back empty, or not go in at all.
        var complete = options is null
            ? new JsonSerializerOptions { IncludeFields = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals }
            : new JsonSerializerOptions(options);
        complete.TypeInfoResolver ??= JsonSerializer.IsReflectionEnabledByDefault ? Reflection() : JsonTypeInfoResolver.Combine();
        complete.MakeReadOnly();
        return complete;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Called only where JsonSerializer.IsReflectionEnabledByDefault, which trimmed applications turn off.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Called only where JsonSerializer.IsReflectionEnabledByDefault, which native applications turn off.")]
    private static DefaultJsonTypeInfoResolver Reflection() => new();
}
