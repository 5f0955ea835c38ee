using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ProDev.Jobs.SourceGenerators;

namespace ProDev.Jobs.Tests;

/// <summary>Runs the generator over source text as the compiler would.</summary>
internal static class GeneratorHarness
{
    private const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Text.Json.Serialization;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.DependencyInjection;
        using ProDev.Jobs;

        """;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("ProDev.", StringComparison.Ordinal))
            .Append(typeof(JobAttribute).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static CSharpCompilation Compile(string source) => CSharpCompilation.Create(
        "Atlas",
        [CSharpSyntaxTree.ParseText(Usings + source, ParseOptions, path: "Source.cs")],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static CSharpGeneratorDriver NewDriver() => CSharpGeneratorDriver.Create(
        [new JobsGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The generated registration. Neither the generator nor the compiler may have anything to say.</summary>
    public static string Generate(string source)
    {
        GeneratorDriver driver = NewDriver().RunGeneratorsAndUpdateCompilation(Compile(source), out Compilation compilation, out _);
        Assert.Empty(driver.GetRunResult().Diagnostics);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity > DiagnosticSeverity.Hidden));
        return driver.GetRunResult().GeneratedTrees.Single(t => t.FilePath.EndsWith("ProDevJobsOfThisAssembly.g.cs", StringComparison.Ordinal)).ToString();
    }

    /// <summary>What the generator reports; the compiler may have no error to add.</summary>
    public static IReadOnlyList<Diagnostic> Diagnose(string source)
    {
        GeneratorDriver driver = NewDriver().RunGeneratorsAndUpdateCompilation(Compile(source), out Compilation compilation, out _);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        return driver.GetRunResult().Diagnostics;
    }
}
