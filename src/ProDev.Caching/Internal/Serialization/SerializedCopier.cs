using System.Buffers;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Logging;

namespace ProDev.Caching.Internal;

/// <summary>Copies through the serializer of the type.</summary>
/// <param name="serializer">The serializer.</param>
/// <param name="sharesExact">Whether a value whose class is <typeparamref name="T"/> itself, and not a derived one, is immutable.</param>
/// <param name="mustCopy">Whether a value that cannot be serialized is refused instead of shared.</param>
/// <param name="cache">The name of the cache in logs.</param>
/// <param name="logger">Told of values that cannot be serialized.</param>
internal sealed class SerializedCopier<T>(IHybridCacheSerializer<T> serializer, bool sharesExact, bool mustCopy, string cache, ILogger logger) : ICopier<T>
{
    public bool TryCapture(T value, out byte[]? bytes)
    {
        bytes = null;
        if (value is null)
            return true;
        if (sharesExact && value.GetType() == typeof(T))
            return false;
        using var buffer = new PooledBuffer(Array.MaxLength);
        try
        {
            serializer.Serialize(value, buffer);
        }
        catch (Exception exception) when (!mustCopy)
        {
            CacheLog.NotSerialized(logger, cache, typeof(T), exception);
            return false;
        }

        bytes = buffer.Span.ToArray();
        return true;
    }

    public T Restore(byte[]? bytes) => bytes is null ? default! : serializer.Deserialize(new ReadOnlySequence<byte>(bytes));
}
