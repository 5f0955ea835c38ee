using System.Reflection;

namespace ProDev.Architecture.Tests;

/// <summary>Where things are: the repository on disk and the packages' assemblies.</summary>
internal static class House
{
    public static string Root { get; } = typeof(House).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>The names of all packages: the folders of src that are published.</summary>
    public static IReadOnlyList<string> Packages { get; } = [.. Directory.GetDirectories(Path.Combine(Root, "src"))
        .Select(folder => Path.GetFileName(folder)!)
        .Where(name => name != "Shared" && !name.EndsWith(".SourceGenerators", StringComparison.Ordinal) && !name.EndsWith(".CodeFixes", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    public static IReadOnlyList<string> Generators { get; } = [.. Directory.GetDirectories(Path.Combine(Root, "src"), "*.SourceGenerators")
        .Select(folder => Path.GetFileName(folder)!)
        .Order(StringComparer.Ordinal)];

    public static Assembly Assembly(string package) => System.Reflection.Assembly.Load(package);

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public static TheoryData<string> PackageNames() => new(Packages);

    public static TheoryData<string> GeneratorNames() => new(Generators);
}
