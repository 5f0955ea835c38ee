using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Hybrid;

namespace ProDev.Caching.Internal;

/// <summary>A serializer and what its bytes are bytes of.</summary>
/// <param name="Serializer">Writes and reads the values.</param>
/// <param name="Schema">
/// Names the type, the serializer and, where known, the members. Bytes of another schema are not read, so that a deployment that
/// changes a type misses instead of reading the old one wrongly.
/// </param>
internal sealed record CacheSerializer<T>(IHybridCacheSerializer<T> Serializer, UInt128 Schema)
{
    public static CacheSerializer<T> Of(IHybridCacheSerializer<T> serializer, string shape)
    {
        var text = $"{TypeNames.Of(typeof(T))}|{TypeNames.Of(serializer.GetType())}|{shape}";
        return new CacheSerializer<T>(serializer, BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }
}
