using System.Text;
using Nuke.Common.Execution;

namespace ProDev.Build.StandIn;

/// <summary>The text of <c>--help</c>.</summary>
internal static class HelpText
{
    public static string Of(TargetCatalog targets, IReadOnlyList<ParameterMember> parameters)
    {
        var text = new StringBuilder("Targets (with their direct dependencies):\n\n");
        ExecutableTarget[] listed = [.. targets.Targets.Where(target => target.Listed)];
        AppendRows(text, [.. listed.Select(target => (Title(target), Describe(target)))]);
        text.Append("\nParameters:\n\n");
        AppendRows(text, [.. parameters.Select(parameter => (parameter.Option, parameter.Description))]);
        return text.Replace("\n", Environment.NewLine).ToString();
    }

    private static string Title(ExecutableTarget target) => target.IsDefault ? $"{target.Name} (default)" : target.Name;

    private static string Describe(ExecutableTarget target)
    {
        string dependencies = string.Join(", ", target.Dependencies.Where(other => other.Listed).Select(other => other.Name));
        return string.Join(' ', new[] { target.Description, dependencies.Length > 0 ? $"-> {dependencies}" : null }.OfType<string>());
    }

    private static void AppendRows(StringBuilder text, IReadOnlyList<(string Name, string? Description)> rows)
    {
        int width = rows.Max(row => row.Name.Length);
        foreach ((string name, string? description) in rows)
        {
            text.Append($"  {name.PadRight(width)}  {description}".TrimEnd()).Append('\n');
        }
    }
}
