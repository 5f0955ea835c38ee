using System.Text.RegularExpressions;

namespace ProDev.Build;

/// <summary>The projects that a solution lists.</summary>
public sealed partial class SolutionFile
{
    private SolutionFile(IReadOnlyList<string> projects) => Projects = projects;

    /// <summary>Full paths of the projects, in the order of the file.</summary>
    public IReadOnlyList<string> Projects { get; }

    /// <summary>Names of the projects that must contain tests: those below <c>tests</c> whose name ends in <c>.Tests</c>.</summary>
    public IReadOnlyList<string> TestProjects =>
    [
        .. Projects.Where(path => path.Replace('\\', '/').Contains("/tests/", StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension)
            .OfType<string>()
            .Where(name => name.EndsWith(".Tests", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Full paths of the source generators, without whose output other projects do not compile.</summary>
    public IReadOnlyList<string> Generators =>
        [.. Projects.Where(path => Path.GetFileNameWithoutExtension(path).EndsWith(".SourceGenerators", StringComparison.Ordinal))];

    /// <summary>Whether a project of this name is in the solution.</summary>
    /// <param name="name">The project's name without its extension.</param>
    public bool HasProject(string name) =>
        Projects.Any(path => string.Equals(Path.GetFileNameWithoutExtension(path), name, StringComparison.Ordinal));

    /// <summary>Reads a solution in the classic format.</summary>
    /// <param name="path">The <c>.sln</c> file.</param>
    public static SolutionFile Read(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        IEnumerable<string> projects = ProjectLine().Matches(File.ReadAllText(path))
            .Select(match => match.Groups["path"].Value.Replace('\\', Path.DirectorySeparatorChar))
            .Select(relative => Path.GetFullPath(relative, folder));
        return new SolutionFile([.. projects]);
    }

    [GeneratedRegex("""^Project\("[^"]*"\) = "[^"]*", "(?<path>[^"]*\.csproj)",""", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProjectLine();
}
