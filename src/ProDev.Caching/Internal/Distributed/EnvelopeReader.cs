using System.Buffers.Binary;
using System.Text;

namespace ProDev.Caching.Internal;

/// <summary>Reads payloads, and trusts none of them: what is wrong in any way is no payload.</summary>
internal static class EnvelopeReader
{
    public const string Foreign = "it was not written by this cache, or by a build with another format";
    public const string Truncated = "its length is not what it says";
    public const string Corrupted = "its checksum is wrong";
    public const string OtherKey = "it belongs to another key";
    public const string Oversized = "it says to be larger than MaximumPayloadBytes";

    /// <summary>By what a store tells payloads apart; zero if there is none, or none that can be told.</summary>
    public static long Generation(ReadOnlySpan<byte> payload) =>
        BinaryPrimitives.TryReadInt64LittleEndian(payload, out var generation) ? generation : 0;

    /// <summary>The envelope of a payload, or why there is none.</summary>
    public static Envelope? Read(ReadOnlyMemory<byte> payload, string key, int maximumBytes, out string? fault)
    {
        var bytes = payload.Span;
        fault = FaultOf(bytes, maximumBytes);
        if (fault is not null)
            return null;

        // The checksum is right, so that from here on only a writer of another mind can have made a mistake.
        var at = EnvelopeLayout.Head;
        var end = bytes.Length - EnvelopeLayout.Checksum;
        if (!TryText(bytes[..end], ref at, Int(bytes, EnvelopeLayout.KeyLength), out var text)
            || !TryTags(bytes[..end], ref at, out var tags, out var versions))
        {
            fault = Truncated;
        }
        else if (text != key)
        {
            fault = OtherKey;
        }
        else
        {
            return new Envelope(
                (EnvelopeFlags)Int(bytes, EnvelopeLayout.Flags),
                new EnvelopeTimes(Long(bytes, EnvelopeLayout.CreatedAt), Long(bytes, EnvelopeLayout.FreshUntil), Long(bytes, EnvelopeLayout.KeptUntil)),
                BinaryPrimitives.ReadUInt128LittleEndian(bytes[EnvelopeLayout.Schema..]),
                tags, versions, payload[at..end], Int(bytes, EnvelopeLayout.ValueLength));
        }

        return null;
    }

    private static string? FaultOf(ReadOnlySpan<byte> bytes, int maximumBytes)
    {
        if (bytes.Length < EnvelopeLayout.Head + EnvelopeLayout.Checksum
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[EnvelopeLayout.MagicAt..]) != EnvelopeLayout.Magic
            || (Int(bytes, EnvelopeLayout.Flags) & ~(int)EnvelopeFlags.All) != 0)
        {
            return Foreign;
        }

        if (Int(bytes, EnvelopeLayout.TotalLength) != bytes.Length)
            return Truncated;
        if (Crc32C.Of(bytes[..^EnvelopeLayout.Checksum]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[^EnvelopeLayout.Checksum..]))
            return Corrupted;
        return Int(bytes, EnvelopeLayout.ValueLength) is var length && (length < 0 || length > maximumBytes) ? Oversized : null;
    }

    private static bool TryTags(ReadOnlySpan<byte> bytes, ref int at, out string[] tags, out long[] versions)
    {
        var count = Int(bytes, EnvelopeLayout.TagCount);
        tags = [];
        versions = [];
        if (count < 0 || count > (bytes.Length - at) / (sizeof(int) + sizeof(long)))
            return false;
        tags = new string[count];
        versions = new long[count];
        for (var index = 0; index < count; index++)
        {
            if (bytes.Length - at < sizeof(int))
                return false;
            at += sizeof(int);
            if (!TryText(bytes, ref at, Int(bytes, at - sizeof(int)), out tags[index]) || bytes.Length - at < sizeof(long))
                return false;
            versions[index] = Long(bytes, at);
            at += sizeof(long);
        }

        return true;
    }

    private static bool TryText(ReadOnlySpan<byte> bytes, ref int at, int length, out string text)
    {
        text = string.Empty;
        if (length < 0 || length > bytes.Length - at)
            return false;
        text = Encoding.UTF8.GetString(bytes.Slice(at, length));
        at += length;
        return true;
    }

    private static int Int(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);

    private static long Long(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
