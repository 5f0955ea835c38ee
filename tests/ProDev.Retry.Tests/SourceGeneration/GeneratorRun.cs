using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ProDev.Retry.SourceGenerators;

namespace ProDev.Retry.Tests;

/// <summary>Runs the generator over a source text and compiles the outcome.</summary>
internal sealed class GeneratorRun
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Append(typeof(RetryPolicy).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private GeneratorRun(IReadOnlyList<Diagnostic> diagnostics, IReadOnlyList<Diagnostic> errors, IReadOnlyList<GeneratedSourceResult> files)
    {
        Diagnostics = diagnostics;
        CompilerErrors = errors;
        Files = files;
    }

    /// <summary>What the generator reported.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>What the compiler says about the source and the generated code together.</summary>
    public IReadOnlyList<Diagnostic> CompilerErrors { get; }

    public IReadOnlyList<GeneratedSourceResult> Files { get; }

    public static GeneratorRun Of(string source)
    {
        var compilation = Compile(source);
        var driver = NewDriver().RunGeneratorsAndUpdateCompilation(compilation, out var outcome, out _);
        var result = driver.GetRunResult();
        return new GeneratorRun(
            result.Diagnostics,
            [.. outcome.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)],
            [.. result.Results.SelectMany(generator => generator.GeneratedSources)]);
    }

    /// <summary>Why each step ran after the second source replaced the first: cached, unchanged, modified, new, removed.</summary>
    public static IReadOnlyList<IncrementalStepRunReason> ReasonsAfterEdit(string before, string after, string step)
    {
        var compilation = Compile(before);
        var driver = NewDriver().RunGenerators(compilation);
        var edited = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees.Single(), Parse(after));
        return [.. driver.RunGenerators(edited).GetRunResult().Results.Single().TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason)];
    }

    /// <summary>Everything that the tracked steps hold between two runs.</summary>
    public static IEnumerable<object> TrackedOutputs(string source) => NewDriver()
        .RunGenerators(Compile(source))
        .GetRunResult()
        .Results.Single()
        .TrackedSteps.Values
        .SelectMany(runs => runs)
        .SelectMany(run => run.Outputs)
        .Select(output => output.Value);

    private static CSharpGeneratorDriver NewDriver() => CSharpGeneratorDriver.Create(
        [new RetryGenerator().AsSourceGenerator()],
        parseOptions: Parsing,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static CSharpCompilation Compile(string source) => CSharpCompilation.Create(
        "Consumer",
        [Parse(source)],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, Parsing, path: "Source.cs");
}
