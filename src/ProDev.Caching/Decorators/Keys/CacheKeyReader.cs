using System.ComponentModel;
using System.Globalization;
using ProDev.Caching.Internal;

namespace ProDev.Caching;

/// <summary>
/// Reads back what a <see cref="CacheKeyWriter"/> has written. A text it has not written gives defaults; whoever asked finds that out by
/// writing the key once more. For generated code; may change in any release, together with the generator in the same package.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CacheKeyReader
{
    private readonly string _text;
    private int _position;

    internal CacheKeyReader(string text) => _text = text;

    /// <summary>Reads a text.</summary>
    /// <returns>The value, or null if that was written.</returns>
    public string? ReadString()
    {
        var part = Next();
        return part.SequenceEqual(CacheKeyWriter.Null) ? null : KeyEscape.Read(part);
    }

    /// <summary>Reads a character.</summary>
    /// <returns>The value.</returns>
    public char ReadChar() => ReadString() is [var single] ? single : default;

    /// <summary>Reads a truth value.</summary>
    /// <returns>The value.</returns>
    public bool ReadBoolean() => Next() is "1";

    /// <summary>Reads a whole number.</summary>
    /// <returns>The value.</returns>
    public long ReadInt64() => long.TryParse(Next(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : default;

    /// <inheritdoc cref="ReadInt64"/>
    public ulong ReadUInt64() => ulong.TryParse(Next(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : default;

    /// <summary>Reads a number.</summary>
    /// <returns>The value.</returns>
    public float ReadSingle() =>
        uint.TryParse(Next(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits) ? BitConverter.UInt32BitsToSingle(bits) : default;

    /// <inheritdoc cref="ReadSingle"/>
    public double ReadDouble() =>
        ulong.TryParse(Next(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits) ? BitConverter.UInt64BitsToDouble(bits) : default;

    /// <inheritdoc cref="ReadSingle"/>
    public decimal ReadDecimal() =>
        decimal.TryParse(Next(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : default;

    /// <summary>Reads an identifier.</summary>
    /// <returns>The value.</returns>
    public Guid ReadGuid() => Guid.TryParseExact(Next(), "N", out var value) ? value : default;

    /// <summary>Reads a date and time of unspecified kind.</summary>
    /// <returns>The value.</returns>
    public DateTime ReadDateTime() => ReadInt64() is var ticks && ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks, DateTimeKind.Unspecified) : default;

    /// <summary>Reads a moment.</summary>
    /// <returns>The value, with an offset of zero.</returns>
    public DateTimeOffset ReadDateTimeOffset() => new(ReadDateTime(), TimeSpan.Zero);

    /// <summary>Reads a span of time.</summary>
    /// <returns>The value.</returns>
    public TimeSpan ReadTimeSpan() => TimeSpan.FromTicks(ReadInt64());

    /// <summary>Reads a date.</summary>
    /// <returns>The value.</returns>
    public DateOnly ReadDateOnly() => ReadInt64() is var day && day >= 0 && day <= DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber((int)day) : default;

    /// <summary>Reads a time of day.</summary>
    /// <returns>The value.</returns>
    public TimeOnly ReadTimeOnly() => ReadInt64() is var ticks && ticks >= 0 && ticks <= TimeOnly.MaxValue.Ticks ? new TimeOnly(ticks) : default;

    /// <summary>Reads an address.</summary>
    /// <returns>The value, or null if that was written.</returns>
    public Uri? ReadUri()
    {
        var text = ReadString();
        var isAbsolute = text?.StartsWith('a') == true;
        return text is [_, .. var address] && Uri.TryCreate(address, isAbsolute ? UriKind.Absolute : UriKind.Relative, out var value) ? value : null;
    }

    /// <summary>Reads a version.</summary>
    /// <returns>The value, or null if that was written.</returns>
    public Version? ReadVersion() => Version.TryParse(ReadString(), out var value) ? value : null;

    /// <summary>Reads what <see cref="CacheKeyWriter.AddNullable{T}"/> has written.</summary>
    /// <param name="read">Reads a value that is there.</param>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <returns>The value.</returns>
    public T? ReadNullable<T>(Func<CacheKeyReader, T> read)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(read);
        return Next().SequenceEqual(CacheKeyWriter.Present) ? read(this) : null;
    }

    /// <inheritdoc cref="ReadNullable{T}"/>
    public T? ReadReference<T>(Func<CacheKeyReader, T> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(read);
        return Next().SequenceEqual(CacheKeyWriter.Present) ? read(this) : null;
    }

    private ReadOnlySpan<char> Next()
    {
        if (_position > _text.Length)
            return default;
        var rest = _text.AsSpan(_position);
        var end = rest.IndexOf(CacheKeyWriter.Separator);
        var part = end < 0 ? rest : rest[..end];
        _position += part.Length + 1;
        return part;
    }
}
