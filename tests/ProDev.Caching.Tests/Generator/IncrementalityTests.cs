using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.Tests;

public sealed class IncrementalityTests
{
    private const string Source = """
        namespace Atlas;

        public interface ICatalog
        {
            [Cached(Tags = ["country:{country}"])] Task<string> NameAsync(string country, int id);
            [CacheInvalidates(nameof(NameAsync))] Task RenameAsync(string country);
            [Cached] Task<int> CountAsync(int[] uncacheable);
            [CachePut(nameof(NameAsync))] Task<string> TranslateAsync(string country, int id);
            [Cached, CacheVaryBy<CultureKeyPart>] Task<IReadOnlyList<string>> AllAsync((Guid Id, DayOfWeek? Day) at);
            int Size { get; }
            event Action? Changed;
        }

        public interface IStore<T>
        {
            [Cached] Task<T> ReadAsync(int id);
            [Cached] Task<TOther> ReadAsync<TOther>(int id);
        }

        public static class Registration
        {
            public static void Add(Microsoft.Extensions.DependencyInjection.IServiceCollection services) =>
                Microsoft.Extensions.DependencyInjection.CachingServiceCollectionExtensions.DecorateWithCache<IStore<List<int>>>(services);
        }
        """;

    private static readonly string[] Steps =
        [DecoratorStepNames.Parse, DecoratorStepNames.Models, DecoratorStepNames.Diagnostics, DecoratorStepNames.Closings, DecoratorStepNames.ClosedModels];

    [Fact]
    public void An_edit_elsewhere_generates_nothing_anew()
    {
        var compilation = GeneratorHarness.Compile(Source);
        var edited = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Unrelated { }", (CSharpParseOptions)compilation.SyntaxTrees[0].Options));

        AssertUnchanged(compilation, edited, Steps);
    }

    [Fact]
    public void A_line_above_the_interface_moves_findings_and_generates_nothing_anew()
    {
        var compilation = GeneratorHarness.Compile(Source);
        var edited = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], GeneratorHarness.Compile("// One more line.\n" + Source).SyntaxTrees[0]);

        AssertUnchanged(compilation, edited, DecoratorStepNames.Models, DecoratorStepNames.ClosedModels);
    }

    [Fact]
    public void A_changed_tag_generates_the_decorator_anew()
    {
        var compilation = GeneratorHarness.Compile(Source);
        var edited = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], GeneratorHarness.Compile(Source.Replace("country:{", "land:{", StringComparison.Ordinal)).SyntaxTrees[0]);

        var driver = GeneratorHarness.NewDriver().RunGenerators(compilation).RunGenerators(edited);

        Assert.Contains(Outputs(driver, DecoratorStepNames.Models), output => output.Reason == IncrementalStepRunReason.Modified);
        Assert.Contains(driver.GetRunResult().GeneratedTrees, tree => tree.ToString().Contains("land:{country}", StringComparison.Ordinal));
    }

    [Fact]
    public void No_symbol_syntax_or_compilation_stays_in_the_pipeline()
    {
        var driver = GeneratorHarness.NewDriver().RunGenerators(GeneratorHarness.Compile(Source));

        foreach (var output in Steps.SelectMany(step => Outputs(driver, step)))
            AssertHoldsDataOnly(output.Value, [], "model");
    }

    private static void AssertUnchanged(Compilation before, Compilation after, params string[] steps)
    {
        var driver = GeneratorHarness.NewDriver().RunGenerators(before).RunGenerators(after);

        foreach (var step in steps)
            Assert.All(Outputs(driver, step), output => Assert.Contains(output.Reason, new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged }));
        if (steps.Contains(DecoratorStepNames.Diagnostics))
        {
            var sources = driver.GetRunResult().Results[0].TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(run => run.Outputs);
            Assert.All(sources.Where(output => HasSource(output.Value)), output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
        }
    }

    // Findings are placed in the compilation anew each time; the code is what must not be written again.
    private static bool HasSource(object output) => ((ITuple)output)[0] is IEnumerable sources && sources.Cast<object>().Any();

    private static List<(object Value, IncrementalStepRunReason Reason)> Outputs(GeneratorDriver driver, string step)
    {
        var outputs = driver.GetRunResult().Results[0].TrackedSteps[step].SelectMany(run => run.Outputs).ToList();
        Assert.NotEmpty(outputs);
        return outputs;
    }

    private static void AssertHoldsDataOnly(object? node, HashSet<object> seen, string path)
    {
        if (node is null || node is string || node is DiagnosticDescriptor || node.GetType().IsPrimitive || node.GetType().IsEnum)
            return;
        if (!node.GetType().IsValueType && !seen.Add(node))
            return;
        Assert.False(node is ISymbol or SyntaxNode or SyntaxTree or Compilation or SemanticModel or Location or AttributeData, $"{path} is a {node.GetType().Name}.");
        if (node is IEnumerable items)
        {
            foreach (var item in items)
                AssertHoldsDataOnly(item, seen, $"{path}[]");
        }

        for (var type = node.GetType(); type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                AssertHoldsDataOnly(field.GetValue(node), seen, $"{path}.{field.Name}");
        }
    }
}
