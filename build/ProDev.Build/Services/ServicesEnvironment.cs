using System.Text;

namespace ProDev.Build;

/// <summary>Reads what <c>build/services.sh env</c> prints: lines <c>export NAME='value'</c>.</summary>
public static class ServicesEnvironment
{
    private const string Prefix = "export ";
    private const string EscapedQuote = @"'\''";

    /// <summary>Returns the variables in the order of their lines.</summary>
    /// <param name="output">The text; empty lines are ignored.</param>
    /// <exception cref="ServicesException">A line has another form; the message quotes it.</exception>
    public static IReadOnlyDictionary<string, string> Parse(string output)
    {
        ArgumentNullException.ThrowIfNull(output);

        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (!line.StartsWith(Prefix, StringComparison.Ordinal) || equals < 0)
                throw Unexpected(line);

            variables[line[Prefix.Length..equals]] = Unquote(line[(equals + 1)..], line);
        }

        return variables;
    }

    private static string Unquote(string quoted, string line)
    {
        if (quoted.Length < 2 || quoted[0] != '\'' || quoted[^1] != '\'')
            throw Unexpected(line);

        var value = new StringBuilder(quoted[1..^1]).Replace(EscapedQuote, "\0").ToString();
        return value.Contains('\'', StringComparison.Ordinal) ? throw Unexpected(line) : value.Replace('\0', '\'');
    }

    private static ServicesException Unexpected(string line) => new(
        $"build/services.sh env printed \"{line}\". Expected lines of the form: export NAME='value'.");
}
