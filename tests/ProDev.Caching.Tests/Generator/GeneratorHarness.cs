using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ProDev.Caching.SourceGenerators;

namespace ProDev.Caching.Tests;

/// <summary>Runs the generator over source text as the compiler would.</summary>
internal static class GeneratorHarness
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("ProDev.", StringComparison.Ordinal))
            .Append(typeof(CachedAttribute).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static CSharpCompilation Compile(params string[] sources) => CSharpCompilation.Create(
        "Atlas",
        sources.Select((source, index) => CSharpSyntaxTree.ParseText(Usings + source, ParseOptions, path: $"Source{index}.cs")),
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static CSharpGeneratorDriver NewDriver() => CSharpGeneratorDriver.Create(
        [new CacheDecoratorGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The generated code of correct source. Neither the generator nor the compiler may have anything to say.</summary>
    public static string Generate(string source, string? allowed = null)
    {
        var (driver, compilation) = Run(source);
        Assert.Empty(driver.GetRunResult().Diagnostics.Where(finding => finding.Id != allowed));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden));
        return string.Join("\n", driver.GetRunResult().GeneratedTrees.Select(tree => tree.ToString()));
    }

    /// <summary>What the generator reports; the compiler may have nothing to add to it.</summary>
    public static IReadOnlyList<Diagnostic> Diagnose(string source)
    {
        var (driver, compilation) = Run(source);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return driver.GetRunResult().Diagnostics;
    }

    /// <summary>What stands at a place in the source.</summary>
    public static string TextAt(string source, Location location) => (Usings + source).Substring(location.SourceSpan.Start, location.SourceSpan.Length);

    /// <summary>Loads the compiled source; nothing in it has run yet.</summary>
    public static Assembly Load(string source)
    {
        var (_, compilation) = Run(source);
        using var stream = new MemoryStream();
        var emitted = compilation.Emit(stream);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        return Assembly.Load(stream.ToArray());
    }

    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using ProDev.Caching;

        """;

    /// <summary>The generated code of correct source that refers to a library, which was generated for, too.</summary>
    public static string GenerateFor(string source, string library)
    {
        using var stream = new MemoryStream();
        var (_, compiledLibrary) = Run(library);
        Assert.True(compiledLibrary.Emit(stream).Success);
        var (driver, compilation) = Run(Compile(source).WithAssemblyName("Application").AddReferences(MetadataReference.CreateFromImage(stream.ToArray())));
        Assert.Empty(driver.GetRunResult().Diagnostics);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden));
        return string.Join("\n", driver.GetRunResult().GeneratedTrees.Select(tree => tree.ToString()));
    }

    private static (GeneratorDriver Driver, Compilation Compilation) Run(string source) => Run(Compile(source));

    private static (GeneratorDriver Driver, Compilation Compilation) Run(Compilation source)
    {
        var driver = NewDriver().RunGeneratorsAndUpdateCompilation(source, out var compilation, out _);
        return (driver, compilation);
    }
}
