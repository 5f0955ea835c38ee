using System.Buffers;
using Microsoft.Extensions.Caching.Hybrid;

namespace ProDev.Caching.Internal;

/// <summary>Bytes as they are.</summary>
internal sealed class BytesSerializer : IHybridCacheSerializer<byte[]>
{
    public static readonly BytesSerializer Instance = new();

    public byte[] Deserialize(ReadOnlySequence<byte> source) => source.ToArray();

    public void Serialize(byte[] value, IBufferWriter<byte> target) => target.Write(value);
}
