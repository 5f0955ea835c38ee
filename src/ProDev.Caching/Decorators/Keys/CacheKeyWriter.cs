using System.ComponentModel;
using System.Globalization;
using System.Text;
using ProDev.Caching.Internal;

namespace ProDev.Caching;

/// <summary>
/// Writes the arguments of a call as text: one part for each value, between commas. Values that are equal have equal texts, others
/// have others. For generated code; may change in any release, together with the generator in the same package.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CacheKeyWriter
{
    internal const char Separator = ',';
    internal const string Null = "!";
    internal const string Present = "+";

    // Dividing by it takes the trailing zeros off a decimal, which make no difference to its equality.
    private const decimal Normal = 1.0000000000000000000000000000m;

    private readonly StringBuilder _text = new();
    private bool _hasParts;

    internal CacheKeyWriter()
    {
    }

    /// <summary>Writes a text, escaped; null has a mark no text can have.</summary>
    /// <param name="value">The value.</param>
    public void Add(string? value)
    {
        if (value is null)
            AddPart(Null);
        else
            KeyEscape.Append(Begin(), value, ",!");
    }

    /// <inheritdoc cref="Add(string?)"/>
    public void Add(char value) => KeyEscape.Append(Begin(), [value], ",!");

    /// <summary>Writes a value.</summary>
    /// <param name="value">The value.</param>
    public void Add(bool value) => AddPart(value ? "1" : "0");

    /// <inheritdoc cref="Add(bool)"/>
    public void Add(long value) => Begin().Append(CultureInfo.InvariantCulture, $"{value}");

    /// <inheritdoc cref="Add(bool)"/>
    public void Add(ulong value) => Begin().Append(CultureInfo.InvariantCulture, $"{value}");

    /// <summary>Writes the bits of a number. Both zeros are equal, and so is everything that is not a number.</summary>
    /// <param name="value">The value.</param>
    public void Add(float value) =>
        Begin().Append(CultureInfo.InvariantCulture, $"{BitConverter.SingleToUInt32Bits(value == 0 ? 0 : float.IsNaN(value) ? float.NaN : value):x}");

    /// <inheritdoc cref="Add(float)"/>
    public void Add(double value) =>
        Begin().Append(CultureInfo.InvariantCulture, $"{BitConverter.DoubleToUInt64Bits(value == 0 ? 0 : double.IsNaN(value) ? double.NaN : value):x}");

    /// <summary>Writes a number without trailing zeros.</summary>
    /// <param name="value">The value.</param>
    public void Add(decimal value) => Begin().Append(CultureInfo.InvariantCulture, $"{(value == 0 ? 0 : value / Normal)}");

    /// <inheritdoc cref="Add(bool)"/>
    public void Add(Guid value) => Begin().Append(CultureInfo.InvariantCulture, $"{value:N}");

    /// <summary>Writes the ticks; the kind makes no difference.</summary>
    /// <param name="value">The value.</param>
    public void Add(DateTime value) => Add(value.Ticks);

    /// <summary>Writes the moment; the offset makes no difference.</summary>
    /// <param name="value">The value.</param>
    public void Add(DateTimeOffset value) => Add(value.UtcTicks);

    /// <inheritdoc cref="Add(bool)"/>
    public void Add(TimeSpan value) => Add(value.Ticks);

    /// <inheritdoc cref="Add(bool)"/>
    public void Add(DateOnly value) => Add(value.DayNumber);

    /// <inheritdoc cref="Add(bool)"/>
    public void Add(TimeOnly value) => Add(value.Ticks);

    /// <summary>Writes what is compared: of an absolute address all but its fragment and user information.</summary>
    /// <param name="value">The value.</param>
    public void Add(Uri? value) => Add(value switch
    {
        null => null,
        { IsAbsoluteUri: true } => $"a{value.GetComponents(UriComponents.HttpRequestUrl, UriFormat.SafeUnescaped)}",
        _ => $"r{value.OriginalString}",
    });

    /// <inheritdoc cref="Add(bool)"/>
    public void Add(Version? value) => Add(value?.ToString());

    /// <summary>Writes whether there is a value, and its parts.</summary>
    /// <param name="value">The value.</param>
    /// <param name="write">Writes a value that is there.</param>
    /// <typeparam name="T">The type of the value.</typeparam>
    public void AddNullable<T>(T? value, Action<CacheKeyWriter, T> write)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(write);
        AddPart(value is null ? Null : Present);
        if (value is { } present)
            write(this, present);
    }

    /// <inheritdoc cref="AddNullable{T}(T?, Action{CacheKeyWriter, T})"/>
    public void AddReference<T>(T? value, Action<CacheKeyWriter, T> write)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(write);
        AddPart(value is null ? Null : Present);
        if (value is not null)
            write(this, value);
    }

    /// <summary>The parts written so far.</summary>
    public override string ToString() => _text.ToString();

    private StringBuilder Begin()
    {
        if (_hasParts)
            _text.Append(Separator);
        _hasParts = true;
        return _text;
    }

    private void AddPart(string part) => Begin().Append(part);
}
