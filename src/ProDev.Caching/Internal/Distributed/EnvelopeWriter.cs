using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ProDev.Caching.Internal;

/// <summary>
/// Makes one payload in a rented buffer: the head, then the value, which a serializer writes right behind it, then, when the versions of the tags are
/// known, the seal.
/// </summary>
internal sealed class EnvelopeWriter : IDisposable
{
    // The fastest of Brotli: it is to save the network's time, and a caller waits for it.
    private const int Quality = 1;
    private const int Window = 22;

    private readonly PooledBuffer _buffer;
    private readonly int _tagCount;
    private readonly int _tagsAt;
    private readonly int _valueAt;
    private readonly int _maximumBytes;

    /// <param name="key">The text of the key.</param>
    /// <param name="tags">The tags as the store knows them.</param>
    /// <param name="times">The moments.</param>
    /// <param name="schema">What the value is a value of.</param>
    /// <param name="maximumBytes">The most the value may take before compression.</param>
    public EnvelopeWriter(string key, string[] tags, EnvelopeTimes times, UInt128 schema, int maximumBytes)
    {
        var keyLength = Encoding.UTF8.GetByteCount(key);
        _maximumBytes = maximumBytes;
        _tagCount = tags.Length;
        _tagsAt = EnvelopeLayout.Head + keyLength;
        _valueAt = _tagsAt + tags.Sum(static tag => sizeof(int) + Encoding.UTF8.GetByteCount(tag) + sizeof(long));
        _buffer = new PooledBuffer((int)Math.Min((long)_valueAt + maximumBytes + EnvelopeLayout.Checksum, Array.MaxLength));
        var head = _buffer.GetSpan(_valueAt)[.._valueAt];
        head.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(head[EnvelopeLayout.MagicAt..], EnvelopeLayout.Magic);
        BinaryPrimitives.WriteUInt128LittleEndian(head[EnvelopeLayout.Schema..], schema);
        BinaryPrimitives.WriteInt32LittleEndian(head[EnvelopeLayout.KeyLength..], keyLength);
        BinaryPrimitives.WriteInt32LittleEndian(head[EnvelopeLayout.TagCount..], tags.Length);
        Encoding.UTF8.GetBytes(key, head[EnvelopeLayout.Head..]);
        WriteTags(head[_tagsAt..], tags);
        _buffer.Advance(_valueAt);
        Times = times;
    }

    public EnvelopeTimes Times { get; }

    public EnvelopeFlags Flags { get; set; }

    /// <summary>Where the value goes.</summary>
    public PooledBuffer Buffer => _buffer;

    private int ValueLength { get; set; }

    /// <summary>Says that the value is complete, and compresses it if it is large and gets smaller by that.</summary>
    /// <param name="threshold">The size from which it is tried; null: never.</param>
    /// <exception cref="PayloadTooLargeException">The value is larger than it may be; thrown while it is written where that is noticed earlier.</exception>
    public void EndValue(int? threshold)
    {
        ValueLength = _buffer.Length - _valueAt;
        if (ValueLength > _maximumBytes)
            throw new PayloadTooLargeException();
        if (ValueLength == 0 || threshold is null || ValueLength < threshold)
            return;
        using var smaller = new PooledBuffer(ValueLength);
        var target = smaller.GetSpan(ValueLength)[..(ValueLength - 1)];
        if (!BrotliEncoder.TryCompress(_buffer.Span[_valueAt..], target, out var written, Quality, Window))
            return;
        target[..written].CopyTo(_buffer.Span[_valueAt..]);
        _buffer.Shorten(_valueAt + written);
        Flags |= EnvelopeFlags.Compressed;
    }

    /// <summary>Binds the payload to the versions of its tags, under a new generation. The bytes live as long as this object.</summary>
    public ReadOnlyMemory<byte> Seal(ReadOnlySpan<long> versions)
    {
        _buffer.GetSpan(EnvelopeLayout.Checksum);
        _buffer.Advance(EnvelopeLayout.Checksum);
        var bytes = _buffer.Span;
        var at = _tagsAt;
        for (var index = 0; index < _tagCount; index++)
        {
            at += sizeof(int) + BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[at..], versions[index]);
            at += sizeof(long);
        }

        BinaryPrimitives.WriteInt32LittleEndian(bytes[EnvelopeLayout.TotalLength..], bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[EnvelopeLayout.ValueLength..], ValueLength);
        EnvelopeStamping.Stamp(bytes, Flags, Times);
        return _buffer.Memory;
    }

    /// <summary>Gives the buffer back. Not to be called while a store may still read the payload.</summary>
    public void Dispose() => _buffer.Dispose();

    private static void WriteTags(Span<byte> target, string[] tags)
    {
        foreach (var tag in tags)
        {
            var length = Encoding.UTF8.GetBytes(tag, target[sizeof(int)..]);
            BinaryPrimitives.WriteInt32LittleEndian(target, length);
            target = target[(sizeof(int) + length + sizeof(long))..];
        }
    }
}
