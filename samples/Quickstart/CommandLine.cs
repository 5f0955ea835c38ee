namespace Quickstart;

/// <summary>
/// The two options of the program. At most one of <paramref name="Help"/> and <paramref name="Error"/> is set; then there is nothing to run.
/// </summary>
/// <param name="Database">The file that keeps the database; null for a temporary one.</param>
/// <param name="Help">Whether the help text was asked for.</param>
/// <param name="Error">What is wrong, and what to write instead.</param>
internal sealed record CommandLine(string? Database = null, bool Help = false, string? Error = null)
{
    private const string DatabaseOption = "--database";

    private static readonly string[] Known = [DatabaseOption, "--help"];

    public const string HelpText = """
        Imports the cities of the world through durable jobs, and reads them back through pages, a cache and retries.

        Usage: Quickstart [--database PATH]

          --database PATH   Keep the database in this file, and go on with what is in it. The job store lies beside it, in
                            PATH-jobs. Without this option, both are in a temporary folder that is deleted at the end.
          --help            Show this text.

        Exit code: 0 when everything holds, 1 when something does not, 2 for a wrong option, 130 when stopped by Ctrl+C.
        """;

    public static CommandLine Read(IReadOnlyList<string> args)
    {
        string? database = null;
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = Split(args[i]);
            switch (name)
            {
                case "--help" or "-h" or "-?" when value is null:
                    return new CommandLine(Help: true);

                case DatabaseOption when database is not null:
                    return Wrong($"The option '{DatabaseOption}' is given twice. Give it once.");

                case DatabaseOption:
                    // "--database --help" lacks its value; a path that does start with dashes can be written as ./--path.
                    value ??= i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal) ? args[++i] : null;
                    if (string.IsNullOrWhiteSpace(value))
                        return Wrong($"The option '{DatabaseOption}' needs the path of a file. Write: {DatabaseOption} atlas.db");

                    database = value;
                    break;

                default:
                    return Wrong(name.StartsWith('-')
                        ? $"The option '{args[i]}' is unknown. The nearest one is '{Nearest(name)}'."
                        : $"The argument '{args[i]}' is not expected. To keep the database in this file, write: {DatabaseOption} {args[i]}");
            }
        }

        return new CommandLine(database);
    }

    private static CommandLine Wrong(string error) => new(Error: error);

    private static (string Name, string? Value) Split(string arg)
    {
        var equals = arg.StartsWith("--", StringComparison.Ordinal) ? arg.IndexOf('=', StringComparison.Ordinal) : -1;
        return equals < 0 ? (arg, null) : (arg[..equals], arg[(equals + 1)..]);
    }

    private static string Nearest(string name) => Known.MinBy(known => Distance(name, known))!;

    /// <summary>The number of letters to insert, delete or replace (Levenshtein).</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
