using System.Text;

namespace ProDev.Build;

/// <summary>The words that the build's command line may use.</summary>
/// <param name="Targets">The names of the targets.</param>
/// <param name="Options">The options without dashes, as in <c>KeepServices</c> for <c>--keep-services</c>.</param>
/// <param name="Secrets">Those of the options that must not stand on a command line.</param>
public sealed record BuildVocabulary(
    IReadOnlyCollection<string> Targets,
    IReadOnlyCollection<string> Options,
    IReadOnlyCollection<string> Secrets)
{
    /// <summary>Spells an option as on the command line: <c>--keep-services</c>.</summary>
    /// <param name="option">The option without dashes.</param>
    public static string Spell(string option) => "--" + Separate(option, '-').ToLowerInvariant();

    /// <summary>Spells an option as an environment variable: <c>KEEP_SERVICES</c>.</summary>
    /// <param name="option">The option without dashes.</param>
    public static string SpellVariable(string option) => Separate(option, '_').ToUpperInvariant();

    private static string Separate(string option, char separator)
    {
        ArgumentNullException.ThrowIfNull(option);
        var spelled = new StringBuilder();
        foreach (char letter in option)
        {
            spelled.Append(char.IsUpper(letter) && spelled.Length > 0 ? separator.ToString() : string.Empty).Append(letter);
        }

        return spelled.ToString();
    }
}
