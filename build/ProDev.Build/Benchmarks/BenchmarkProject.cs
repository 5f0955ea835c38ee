namespace ProDev.Build;

/// <summary>A project <c>benchmarks/ProDev.PACKAGE.Benchmarks</c>.</summary>
/// <param name="Package">The package without its prefix, for example "Caching".</param>
/// <param name="Path">The project file.</param>
public sealed record BenchmarkProject(string Package, string Path)
{
    private const string Prefix = "ProDev.";
    private const string Suffix = ".Benchmarks";
    private const string Mark = "<RequiresServices>true</RequiresServices>";

    /// <summary>Whether a suite of it measures against a server of the tests: the project file says so.</summary>
    public bool RequiresServices => File.ReadAllText(Path).Contains(Mark, StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the projects that the filter names, or all, ordered by package.</summary>
    /// <param name="directory">The directory <c>benchmarks</c>.</param>
    /// <param name="filter">A package, in any case; null or empty for all.</param>
    /// <exception cref="BenchmarkException">No project fits; the message names those that exist.</exception>
    public static IReadOnlyList<BenchmarkProject> Find(string directory, string? filter)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var all = Directory.Exists(directory)
            ? Directory.GetFiles(directory, $"{Prefix}*{Suffix}.csproj", SearchOption.AllDirectories)
                .Select(p => new BenchmarkProject(PackageOf(p), p))
                .OrderBy(p => p.Package, StringComparer.Ordinal)
                .ToList()
            : [];
        if (all.Count == 0)
            throw new BenchmarkException($"There are no projects {Prefix}PACKAGE{Suffix} below \"{directory}\".");

        var chosen = all.FindAll(p => string.IsNullOrEmpty(filter) || p.Package.Equals(filter, StringComparison.OrdinalIgnoreCase));
        return chosen.Count > 0
            ? chosen
            : throw new BenchmarkException(
                $"No benchmark fits the filter \"{filter}\". Packages with benchmarks: {string.Join(", ", all.Select(p => p.Package))}.");
    }

    // ProDev.Benchmarks itself is the harness: it has no package between prefix and suffix and is not found.
    private static string PackageOf(string path) =>
        System.IO.Path.GetFileNameWithoutExtension(path)[Prefix.Length..^Suffix.Length];
}
