namespace ProDev.Build.StandIn;

/// <summary>The arguments: targets first, then options (<c>--name</c>), each with the words up to the next option as its values.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, List<string>> _options = new(StringComparer.OrdinalIgnoreCase);

    public List<string> Positional { get; } = [];

    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var result = new CommandLine();
        List<string> current = result.Positional;
        foreach (string argument in arguments)
        {
            if (argument.StartsWith('-'))
            {
                string name = argument.Replace("-", string.Empty, StringComparison.Ordinal);
                if (!result._options.TryGetValue(name, out current!))
                {
                    result._options.Add(name, current = []);
                }
            }
            else
            {
                current.Add(argument);
            }
        }

        return result;
    }

    /// <summary>The values of an option, none if it stands alone, null if it is not there. Dashes and case do not matter.</summary>
    public IReadOnlyList<string>? Values(string name) => _options.GetValueOrDefault(name);
}
