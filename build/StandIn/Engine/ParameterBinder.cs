using Nuke.Common;
using Serilog;

namespace ProDev.Build.StandIn;

/// <summary>Gives the parameters of a build their values: from the command line, else from the environment.</summary>
internal sealed class ParameterBinder(NukeBuild build, CommandLine commandLine, IReadOnlyDictionary<string, string> environment)
{
    public IReadOnlyList<ParameterMember> Members { get; } = ParameterMember.OfBuild(build.GetType());

    public void Bind()
    {
        foreach (ParameterMember member in Members.Where(member => member.IsWritable))
        {
            if (commandLine.Values(member.Name) is { } given)
            {
                SetFromCommandLine(member, given);
            }
            else if (FromEnvironment(member.Name) is { } value)
            {
                SetFromEnvironment(member, value);
            }
        }
    }

    /// <summary>The names given for a parameter that takes targets, or null if it was not given.</summary>
    public IReadOnlyList<string>? TargetNames(string parameter)
    {
        bool positional = string.Equals(parameter, "Target", StringComparison.Ordinal) && commandLine.Positional.Count > 0;
        IReadOnlyList<string>? given = commandLine.Values(parameter)
            ?? (positional ? commandLine.Positional : null)
            ?? (FromEnvironment(parameter) is { } value ? [value] : null);
        return given is null ? null : [.. given.SelectMany(value => value.Split('+', StringSplitOptions.RemoveEmptyEntries))];
    }

    private void SetFromCommandLine(ParameterMember member, IReadOnlyList<string> given)
    {
        Conceal(member, given);
        if (!ValueConverter.TryConvert(given, member.Type, member.Separator, out object? value, out string? fault))
        {
            throw new BuildException($"{member.Option} cannot take {fault}");
        }

        member.Set(build, value);
    }

    /// <summary>A variable that happens to have a parameter's name is no reason to stop: it is reported and ignored.</summary>
    private void SetFromEnvironment(ParameterMember member, string text)
    {
        Conceal(member, [text]);
        if (ValueConverter.TryConvert([text], member.Type, member.Separator, out object? value, out string? fault))
        {
            member.Set(build, value);
        }
        else
        {
            Log.Warning("The environment variable for {Option:l} is ignored; it cannot take {Fault:l}", member.Option, fault);
        }
    }

    private static void Conceal(ParameterMember member, IReadOnlyList<string> values)
    {
        if (member.IsSecret)
        {
            foreach (string value in values)
            {
                SecretMask.Add(value);
            }
        }
    }

    private string? FromEnvironment(string name)
    {
        string wanted = LettersAndDigits(name);
        string? value = environment.GetValueOrDefault(name)
            ?? environment.FirstOrDefault(pair => LettersAndDigits(pair.Key) is { } key
                && (key.Equals(wanted, StringComparison.OrdinalIgnoreCase) || key.Equals("NUKE" + wanted, StringComparison.OrdinalIgnoreCase))).Value;
        return string.IsNullOrWhiteSpace(value) ? null : value;
    }

    private static string LettersAndDigits(string name) => new([.. name.Where(char.IsLetterOrDigit)]);
}
