using System.Globalization;
using System.Text;

namespace ProDev.Caching.Internal;

/// <summary>
/// Any string as printable ASCII, and back. Characters outside of it, and the backslash, become <c>\uXXXX</c> by UTF-16 unit, so that
/// lone surrogates survive, too. Different strings have different texts.
/// </summary>
internal static class KeyEscape
{
    private const char Escape = '\\';

    /// <summary>Appends the text of a string. <paramref name="alsoEscaped"/> are further characters that must not stand in it.</summary>
    public static void Append(StringBuilder text, ReadOnlySpan<char> value, ReadOnlySpan<char> alsoEscaped = default)
    {
        foreach (var unit in value)
        {
            if (IsPlain(unit) && !alsoEscaped.Contains(unit))
                text.Append(unit);
            else
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
        }
    }

    /// <summary>The text of a string; the string itself where nothing has to be escaped.</summary>
    public static string Write(string value)
    {
        if (value.All(IsPlain))
            return value;
        var text = new StringBuilder(value.Length + 16);
        Append(text, value);
        return text.ToString();
    }

    /// <summary>The string of a text; null when it is no text that <see cref="Append"/> writes.</summary>
    public static string? Read(ReadOnlySpan<char> text)
    {
        var value = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] != Escape)
            {
                value.Append(text[index]);
                continue;
            }

            if (index + 5 >= text.Length || text[index + 1] != 'u'
                || !ushort.TryParse(text.Slice(index + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                return null;
            }

            value.Append((char)unit);
            index += 5;
        }

        return value.ToString();
    }

    // The space is left out: stores and their tools split on it.
    private static bool IsPlain(char unit) => unit is > ' ' and < '\u007f' and not Escape;
}
