namespace ProDev.Build;

/// <summary>Finds what a built package lacks, before a user does.</summary>
public static class PackageCheck
{
    /// <summary>Fails with all faults of all packages, if there are any.</summary>
    /// <param name="packages">The packages.</param>
    /// <param name="solution">Tells by its projects which package holds a source generator, and which code fixes.</param>
    /// <exception cref="BuildFailedException">A package has a fault.</exception>
    public static void Require(IEnumerable<PackageFile> packages, SolutionFile solution)
    {
        ArgumentNullException.ThrowIfNull(packages);
        ArgumentNullException.ThrowIfNull(solution);
        string[] faults = [.. packages.SelectMany(package => FindFaults(package, solution.HasProject($"{package.Id}.SourceGenerators"), solution.HasProject($"{package.Id}.CodeFixes")))];
        if (faults.Length > 0)
        {
            throw new BuildFailedException($"The packages must not be published.{Environment.NewLine}{string.Join(Environment.NewLine, faults)}");
        }
    }

    /// <summary>Returns the faults of one package, none if it may be published.</summary>
    /// <param name="package">The package.</param>
    /// <param name="hasGenerator">Whether a source generator belongs into it.</param>
    /// <param name="hasCodeFixes">Whether code fixes belong into it.</param>
    public static IReadOnlyList<string> FindFaults(PackageFile package, bool hasGenerator, bool hasCodeFixes = false)
    {
        ArgumentNullException.ThrowIfNull(package);
        var faults = new List<string>();
        void Expect(bool holds, string fault) => faults.AddRange(holds ? [] : [$"{package.Id} {package.Version}: {fault}"]);

        void ExpectAnalyzer(string file, bool belongs) =>
            Expect(package.Entries.Contains(file) == belongs, belongs ? $"there is no {file} in it." : $"{file} does not belong into it.");

        string library = $"/{package.Id}.dll";
        Expect(package.Entries.Contains("README.md"), "there is no README.md in it.");
        Expect(package.Field("readme") == "README.md", "the manifest names no readme.");
        Expect(package.Field("license") == "MIT", $"the licence is '{package.Field("license")}'; 'MIT' is needed.");
        Expect(package.Field("description") is { Length: > 0 } and not "Package Description", "it has no description.");
        Expect(package.Field("tags").Length > 0, "it has no tags.");
        Expect(Library(package, library), $"there is no lib/*{library} in it.");
        Expect(Library(package, $"/{package.Id}.xml"), "the documentation file is missing beside the library.");
        ExpectAnalyzer($"analyzers/dotnet/cs/{package.Id}.SourceGenerators.dll", hasGenerator);
        ExpectAnalyzer($"analyzers/dotnet/cs/{package.Id}.CodeFixes.dll", hasCodeFixes);
        Expect(File.Exists(package.SymbolsPath), "there is no symbol package (.snupkg) beside it.");
        Expect(!package.Dependencies.Any(id => id.EndsWith(".SourceGenerators", StringComparison.Ordinal)), "it depends on a generator that is never published.");
        return faults;
    }

    private static bool Library(PackageFile package, string end) =>
        package.Entries.Any(entry => entry.StartsWith("lib/", StringComparison.Ordinal) && entry.EndsWith(end, StringComparison.Ordinal));
}
