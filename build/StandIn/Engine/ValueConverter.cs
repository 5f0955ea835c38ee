using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Nuke.Common.IO;

namespace ProDev.Build.StandIn;

/// <summary>Turns the words given for a parameter into its type.</summary>
internal static class ValueConverter
{
    public static bool TryConvert(
        IReadOnlyList<string> words, Type type, char? separator, out object? value, [NotNullWhen(false)] out string? fault)
    {
        Type target = Nullable.GetUnderlyingType(type) ?? type;
        value = target == typeof(string[])
            ? words.SelectMany(word => separator is { } character ? word.Split(character) : [word]).ToArray()
            : words.Count > 1 ? null : Single(words.Count == 0 ? null : words[0], target);
        fault = value is null ? $"'{string.Join(' ', words)}'; {Allowed(target)} is needed." : null;
        return value is not null;
    }

    private static object? Single(string? word, Type type)
    {
        if (type == typeof(bool))
        {
            return word is null ? true : bool.TryParse(word, out bool flag) ? flag : null;
        }

        if (word is null)
        {
            return null;
        }

        if (type == typeof(int))
        {
            return int.TryParse(word, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : null;
        }

        if (type.IsEnum)
        {
            return Enum.TryParse(type, word, ignoreCase: true, out object? member) && Enum.IsDefined(type, member) ? member : null;
        }

        return type == typeof(AbsolutePath) ? (AbsolutePath)Path.GetFullPath(word) : type == typeof(string) ? word : null;
    }

    private static string Allowed(Type type) => type switch
    {
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) => "a whole number",
        _ when type == typeof(AbsolutePath) => "one path",
        _ when type == typeof(string) => "one value",
        { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type))}",
        _ => $"a type other than {type.Name}, which the stand-in does not know,",
    };
}
