using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ProDev.Caching.Internal;

/// <summary>Gives a payload, new or changed, what every one has: a generation of its own, its flags, its moments, its checksum.</summary>
internal static class EnvelopeStamping
{
    public static void Stamp(Span<byte> bytes, EnvelopeFlags flags, EnvelopeTimes times)
    {
        do
            RandomNumberGenerator.Fill(bytes[..sizeof(long)]);
        while (EnvelopeReader.Generation(bytes) == 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[EnvelopeLayout.Flags..], (int)flags);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[EnvelopeLayout.CreatedAt..], times.CreatedAt);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[EnvelopeLayout.FreshUntil..], times.FreshUntil);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[EnvelopeLayout.KeptUntil..], times.KeptUntil);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[^EnvelopeLayout.Checksum..], Crc32C.Of(bytes[..^EnvelopeLayout.Checksum]));
    }

    /// <summary>A copy of a payload that is declared expired.</summary>
    public static byte[] Expired(ReadOnlySpan<byte> payload, EnvelopeFlags flags, EnvelopeTimes times)
    {
        var copy = payload.ToArray();
        Stamp(copy, flags | EnvelopeFlags.Expired, times);
        return copy;
    }
}
