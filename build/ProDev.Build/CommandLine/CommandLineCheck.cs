namespace ProDev.Build;

/// <summary>Finds mistyped words on the build's command line before an engine reads it; engines ignore what they do not know.</summary>
public static class CommandLineCheck
{
    private static readonly string[] OptionsThatTakeTargets = ["TARGET", "SKIP"];

    /// <summary>Returns what is wrong with the arguments, one line a fault, or null if nothing is.</summary>
    /// <param name="arguments">The arguments: targets, then options, each with its values.</param>
    /// <param name="vocabulary">What may stand there.</param>
    public static string? FindFaults(IEnumerable<string> arguments, BuildVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(vocabulary);
        var faults = new List<string>();
        bool targetsFollow = true;
        foreach (string argument in arguments)
        {
            if (argument.StartsWith('-'))
            {
                faults.AddRange(OptionFault(argument, vocabulary) is { } fault ? [fault] : []);
                targetsFollow = OptionsThatTakeTargets.Contains(Key(argument));
            }
            else if (targetsFollow)
            {
                faults.AddRange(argument.Split('+').Select(name => TargetFault(name, vocabulary)).OfType<string>());
            }
        }

        return faults.Count == 0 ? null : string.Join(Environment.NewLine, faults);
    }

    private static string? TargetFault(string name, BuildVocabulary vocabulary)
    {
        if (vocabulary.Targets.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        string hint = NearestName.Find(name, vocabulary.Targets) is { } nearest ? $" Did you mean '{nearest}'?" : string.Empty;
        return $"There is no target '{name}'.{hint} The targets are: {string.Join(", ", vocabulary.Targets)}.";
    }

    private static string? OptionFault(string argument, BuildVocabulary vocabulary)
    {
        string option = argument.Split('=')[0];
        string key = Key(option);
        if (vocabulary.Secrets.FirstOrDefault(name => Key(name) == key) is { } secret)
        {
            return $"'{option}' is a secret, and other people can read command lines. "
                + $"Set the environment variable '{BuildVocabulary.SpellVariable(secret)}' instead.";
        }

        if (vocabulary.Options.Any(name => Key(name) == key))
        {
            return option == argument
                ? null
                : $"'{argument}' must be written with a space: '{option} {argument[(option.Length + 1)..]}'.";
        }

        string[] allowed = [.. vocabulary.Options.Except(vocabulary.Secrets).Select(BuildVocabulary.Spell)];
        string hint = NearestName.Find(option, allowed) is { } nearest ? $" Did you mean '{nearest}'?" : string.Empty;
        return $"There is no option '{option}'.{hint} '--help' shows all of them.";
    }

    private static string Key(string option) => option.Replace("-", string.Empty, StringComparison.Ordinal).ToUpperInvariant();
}
