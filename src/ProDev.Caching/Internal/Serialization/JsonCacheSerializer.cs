using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Caching.Hybrid;

namespace ProDev.Caching.Internal;

/// <summary>Values as JSON, by the metadata of their type.</summary>
internal sealed class JsonCacheSerializer<T>(JsonTypeInfo<T> info) : IHybridCacheSerializer<T>
{
    // JSON by the metadata of a base class keeps the base class's members only.
    private readonly bool _isExact = info.Kind == JsonTypeInfoKind.Object && info.PolymorphismOptions is null;

    public T Deserialize(ReadOnlySequence<byte> source)
    {
        var reader = new Utf8JsonReader(source, new JsonReaderOptions { MaxDepth = info.Options.MaxDepth });
        var value = JsonSerializer.Deserialize(ref reader, info)!;
        return !reader.Read() ? value : throw new JsonException("There is more than one JSON value.");
    }

    public void Serialize(T value, IBufferWriter<byte> target)
    {
        if (_isExact && value is not null && value.GetType() != typeof(T))
        {
            throw new NotSupportedException(
                $"The value is a '{value.GetType()}', and JSON by the metadata of '{typeof(T)}' would lose what that adds. " +
                "Declare the derived types with [JsonDerivedType], or cache the derived type.");
        }

        var options = new JsonWriterOptions { Encoder = info.Options.Encoder, MaxDepth = info.Options.MaxDepth, SkipValidation = true };
        using var writer = new Utf8JsonWriter(target, options);
        JsonSerializer.Serialize(writer, value, info);
    }
}
