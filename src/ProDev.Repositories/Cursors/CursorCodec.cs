using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ProDev.Repositories;

/// <summary>Writes and reads the values of a cursor: a tag, then the value in big-endian order without loss of precision.</summary>
internal static class CursorCodec
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static CursorTag? TagOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
            type = Enum.GetUnderlyingType(type);

        if (type == typeof(Guid)) return CursorTag.Guid;
        if (type == typeof(DateTimeOffset)) return CursorTag.DateTimeOffset;
        if (type == typeof(DateOnly)) return CursorTag.DateOnly;
        if (type == typeof(TimeOnly)) return CursorTag.TimeOnly;
        if (type == typeof(TimeSpan)) return CursorTag.TimeSpan;
        if (type == typeof(byte[])) return CursorTag.Bytes;
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => CursorTag.Boolean,
            TypeCode.SByte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 => CursorTag.Int64,
            TypeCode.Byte or TypeCode.UInt16 or TypeCode.UInt32 or TypeCode.UInt64 => CursorTag.UInt64,
            TypeCode.Single => CursorTag.Single,
            TypeCode.Double => CursorTag.Double,
            TypeCode.Decimal => CursorTag.Decimal,
            TypeCode.String => CursorTag.String,
            TypeCode.Char => CursorTag.Char,
            TypeCode.DateTime => CursorTag.DateTime,
            _ => null,
        };
    }

    public static void Write(ArrayBufferWriter<byte> buffer, object? value)
    {
        if (value is null)
        {
            WriteByte(buffer, (byte)CursorTag.Null);
            return;
        }

        if (TagOf(value.GetType()) is not { } tag)
        {
            throw new ArgumentException(
                $"A value of type '{value.GetType()}' cannot stand in a cursor. Order by a number, text, date or Guid.", nameof(value));
        }

        WriteByte(buffer, (byte)tag);
        switch (tag)
        {
            case CursorTag.Boolean: WriteByte(buffer, (bool)value ? (byte)1 : (byte)0); break;
            case CursorTag.Int64: WriteInt64(buffer, Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case CursorTag.UInt64: WriteInt64(buffer, unchecked((long)Convert.ToUInt64(value, CultureInfo.InvariantCulture))); break;
            case CursorTag.Single: WriteInt32(buffer, BitConverter.SingleToInt32Bits((float)value)); break;
            case CursorTag.Double: WriteInt64(buffer, BitConverter.DoubleToInt64Bits((double)value)); break;
            case CursorTag.Decimal: WriteDecimal(buffer, (decimal)value); break;
            case CursorTag.String: WriteText(buffer, (string)value); break;
            case CursorTag.Guid: WriteGuid(buffer, (Guid)value); break;
            case CursorTag.DateTime: WriteByte(buffer, (byte)((DateTime)value).Kind); WriteInt64(buffer, ((DateTime)value).Ticks); break;
            case CursorTag.DateTimeOffset: WriteDateTimeOffset(buffer, (DateTimeOffset)value); break;
            case CursorTag.DateOnly: WriteInt32(buffer, ((DateOnly)value).DayNumber); break;
            case CursorTag.TimeOnly: WriteInt64(buffer, ((TimeOnly)value).Ticks); break;
            case CursorTag.TimeSpan: WriteInt64(buffer, ((TimeSpan)value).Ticks); break;
            case CursorTag.Bytes: WriteBytes(buffer, (byte[])value); break;
            case CursorTag.Char: WriteInt32(buffer, (char)value); break;
        }
    }

    public static object? Read(ref CursorReader reader, Type type)
    {
        var tag = (CursorTag)reader.Take(1)[0];
        if (tag == CursorTag.Null)
            return null;

        type = Nullable.GetUnderlyingType(type) ?? type;
        if (TagOf(type) != tag)
            throw new InvalidCursorException(CursorFault.WrongScope);

        try
        {
            return tag switch
            {
                CursorTag.Boolean => reader.Take(1)[0] != 0,
                CursorTag.Int64 or CursorTag.UInt64 => Integer(ReadInt64(ref reader), tag, type),
                CursorTag.Single => BitConverter.Int32BitsToSingle(ReadInt32(ref reader)),
                CursorTag.Double => BitConverter.Int64BitsToDouble(ReadInt64(ref reader)),
                CursorTag.Decimal => new decimal([ReadInt32(ref reader), ReadInt32(ref reader), ReadInt32(ref reader), ReadInt32(ref reader)]),
                CursorTag.String => StrictUtf8.GetString(reader.Take(ReadInt32(ref reader))),
                CursorTag.Guid => new Guid(reader.Take(16), bigEndian: true),
                CursorTag.DateTime => ReadDateTime(ref reader),
                CursorTag.DateTimeOffset => new DateTimeOffset(ReadInt64(ref reader), new TimeSpan(ReadInt64(ref reader))),
                CursorTag.DateOnly => DateOnly.FromDayNumber(ReadInt32(ref reader)),
                CursorTag.TimeOnly => new TimeOnly(ReadInt64(ref reader)),
                CursorTag.TimeSpan => new TimeSpan(ReadInt64(ref reader)),
                CursorTag.Bytes => reader.Take(ReadInt32(ref reader)).ToArray(),
                _ => (char)ReadInt32(ref reader),
            };
        }
        catch (Exception fault) when (fault is ArgumentException or OverflowException)
        {
            throw new InvalidCursorException(CursorFault.Malformed);
        }
    }

    private static object Integer(long bits, CursorTag tag, Type type)
    {
        object number = tag == CursorTag.Int64 ? bits : unchecked((ulong)bits);
        return type.IsEnum
            ? Enum.ToObject(type, number)
            : Convert.ChangeType(number, type, CultureInfo.InvariantCulture);
    }

    private static DateTime ReadDateTime(ref CursorReader reader)
    {
        var kind = (DateTimeKind)reader.Take(1)[0];
        return new DateTime(ReadInt64(ref reader), kind);
    }

    private static int ReadInt32(ref CursorReader reader) => BinaryPrimitives.ReadInt32BigEndian(reader.Take(sizeof(int)));

    private static long ReadInt64(ref CursorReader reader) => BinaryPrimitives.ReadInt64BigEndian(reader.Take(sizeof(long)));

    private static void WriteByte(ArrayBufferWriter<byte> buffer, byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
    }

    private static void WriteInt32(ArrayBufferWriter<byte> buffer, int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer.GetSpan(sizeof(int)), value);
        buffer.Advance(sizeof(int));
    }

    private static void WriteInt64(ArrayBufferWriter<byte> buffer, long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(buffer.GetSpan(sizeof(long)), value);
        buffer.Advance(sizeof(long));
    }

    private static void WriteBytes(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> bytes)
    {
        WriteInt32(buffer, bytes.Length);
        buffer.Write(bytes);
    }

    private static void WriteText(ArrayBufferWriter<byte> buffer, string text)
    {
        try
        {
            WriteBytes(buffer, StrictUtf8.GetBytes(text));
        }
        catch (EncoderFallbackException fault)
        {
            throw new ArgumentException("A text with half a surrogate pair cannot stand in a cursor. Store well-formed text.", nameof(text), fault);
        }
    }

    private static void WriteGuid(ArrayBufferWriter<byte> buffer, Guid value)
    {
        value.TryWriteBytes(buffer.GetSpan(16), bigEndian: true, out var written);
        buffer.Advance(written);
    }

    private static void WriteDecimal(ArrayBufferWriter<byte> buffer, decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        foreach (var part in parts)
            WriteInt32(buffer, part);
    }

    private static void WriteDateTimeOffset(ArrayBufferWriter<byte> buffer, DateTimeOffset value)
    {
        WriteInt64(buffer, value.Ticks);
        WriteInt64(buffer, value.Offset.Ticks);
    }
}
