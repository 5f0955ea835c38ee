using System.Buffers.Binary;

namespace ProDev.Caching.Redis.Tests;

/// <summary>Bytes as the cache writes them: the generation, then whatever.</summary>
internal static class Payload
{
    public static byte[] Of(long generation, int length = 24)
    {
        var bytes = new byte[length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, generation);
        for (var i = sizeof(long); i < length; i++)
            bytes[i] = (byte)i;
        return bytes;
    }
}
