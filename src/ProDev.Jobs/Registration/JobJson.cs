using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ProDev.Jobs;

/// <summary>Finds the JSON contract of argument types through the application's options, without reflection of our own.</summary>
internal static class JobJson
{
    private const string Guarded = "Only where the application has left reflection-based serialisation on; trimming turns it off.";

    /// <summary>Gives the options the reflection-based resolver if the application set none, unless reflection is off.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Guarded)]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = Guarded)]
    public static void Complete(JsonSerializerOptions options)
    {
        if (JsonSerializer.IsReflectionEnabledByDefault && !options.IsReadOnly)
            options.TypeInfoResolver ??= new DefaultJsonTypeInfoResolver();
    }

    public static JsonTypeInfo<T> TypeInfo<T>(JsonSerializerOptions options)
    {
        // The store writes these, which does not know the options of the application.
        if (typeof(T) == typeof(JobFailure))
            return (JsonTypeInfo<T>)(object)ContinuationJson.Default.JobFailure;
        if (options.TryGetTypeInfo(typeof(T), out JsonTypeInfo? info))
            return (JsonTypeInfo<T>)info;

        throw new NotSupportedException(
            $"There is no JSON contract for the type '{typeof(T)}'. This program runs without reflection-based serialisation: " +
            $"declare '[JsonSerializable(typeof({typeof(T).Name}))]' on a JsonSerializerContext and set " +
            "JobsOptions.SerializerOptions.TypeInfoResolver to that context.");
    }
}
