using System.Buffers;
using Microsoft.Extensions.Caching.Hybrid;

namespace ProDev.Caching.Benchmarks;

/// <summary>Writes the bytes, and reads none of them.</summary>
public sealed class BlobSerializer : IHybridCacheSerializer<Blob>
{
    public Blob Deserialize(ReadOnlySequence<byte> source) => source.Length == Blob.Large
        ? new Blob([], source.Length)
        : throw new InvalidDataException($"The blob has {source.Length} bytes.");

    public void Serialize(Blob value, IBufferWriter<byte> target)
    {
        ArgumentNullException.ThrowIfNull(value);
        target.Write(value.Bytes);
    }
}
