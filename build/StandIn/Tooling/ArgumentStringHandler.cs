using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Nuke.Common.Tooling;

/// <summary>
/// Builds a command line from an interpolated string. A value with spaces is put in quotes; the format <c>nq</c> leaves a value as
/// it is, <c>r</c> masks it in all that is printed.
/// </summary>
[InterpolatedStringHandler]
[SuppressMessage("Usage", "CA2225", Justification = "The conversion is that of Nuke; it has no named alternate.")]
public ref struct ArgumentStringHandler
{
    private readonly StringBuilder _text;
    private readonly List<string> _secrets;

    /// <summary>Called by the compiler.</summary>
    public ArgumentStringHandler(int literalLength, int formattedCount, out bool handlerIsValid)
    {
        _text = new StringBuilder(literalLength + (formattedCount * 16));
        _secrets = [];
        handlerIsValid = true;
    }

    internal readonly IReadOnlyList<string> Secrets => _secrets;

    /// <summary>Takes a finished command line as it is.</summary>
    public static implicit operator ArgumentStringHandler(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var handler = new ArgumentStringHandler(value.Length, 0, out _);
        handler.AppendLiteral(value);
        return handler;
    }

    /// <summary>Called by the compiler.</summary>
    public readonly void AppendLiteral(string value) => _text.Append(value);

    /// <summary>Called by the compiler.</summary>
    public readonly void AppendFormatted(object obj, int alignment = 0, string? format = null)
    {
        ArgumentNullException.ThrowIfNull(obj);
        string value = Convert.ToString(obj, CultureInfo.InvariantCulture) ?? string.Empty;
        if (string.Equals(format, "r", StringComparison.Ordinal))
        {
            _secrets.Add(value);
        }
        else if (!string.Equals(format, "nq", StringComparison.Ordinal) && NeedsQuotes(value))
        {
            value = $"\"{value}\"";
        }

        _text.Append(alignment < 0 ? value.PadRight(-alignment) : value.PadLeft(alignment));
    }

    /// <summary>Gives the command line.</summary>
    public readonly string ToStringAndClear()
    {
        string value = _text.ToString();
        _text.Clear();
        return value;
    }

    private static bool NeedsQuotes(string value) =>
        value.Contains(' ', StringComparison.Ordinal) && !(value.Length > 1 && value[0] is '"' or '\'' && value[^1] == value[0]);
}
