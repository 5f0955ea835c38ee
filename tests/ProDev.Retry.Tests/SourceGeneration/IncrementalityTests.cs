using System.Reflection;
using Microsoft.CodeAnalysis;

namespace ProDev.Retry.Tests;

public sealed class IncrementalityTests
{
    private const string Source = """
        using System.Threading;
        using System.Threading.Tasks;
        using ProDev.Retry;

        public interface ICatalog
        {
            [Retry(MaxAttempts = 3), Idempotent]
            ValueTask<int> GetAsync(int id, CancellationToken ct);
        }

        public class Elsewhere
        {
            public int Count() => 1;
        }
        """;

    [Theory]
    [InlineData("Count() => 1", "Count() => 1 + 1")]
    [InlineData("public interface ICatalog", "// A comment above everything.\n\npublic interface ICatalog")]
    public void NothingIsGeneratedAnew_WhenTheEditDoesNotMatter(string before, string after)
    {
        var reasons = GeneratorRun.ReasonsAfterEdit(Source, Source.Replace(before, after, StringComparison.Ordinal), "Models");

        Assert.All(reasons, reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, reason.ToString()));
        Assert.NotEmpty(reasons);
    }

    [Theory]
    [InlineData("MaxAttempts = 3", "MaxAttempts = 4")]
    [InlineData("int id", "long id")]
    public void TheDecoratorIsGeneratedAnew_WhenTheEditMatters(string before, string after)
    {
        var reasons = GeneratorRun.ReasonsAfterEdit(Source, Source.Replace(before, after, StringComparison.Ordinal), "Models");

        Assert.Contains(IncrementalStepRunReason.Modified, reasons);
    }

    [Fact]
    public void NoSymbolOrSyntaxIsHeld_BetweenTwoRuns()
    {
        var outputs = GeneratorRun.TrackedOutputs(Source)
            .Where(output => output.GetType().Assembly == typeof(SourceGenerators.RetryGenerator).Assembly)
            .ToList();

        Assert.NotEmpty(outputs);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        Assert.All(outputs, output => AssertHoldsNoSymbols(output, seen));
    }

    private static void AssertHoldsNoSymbols(object? value, HashSet<object> seen)
    {
        if (value is null or string || value.GetType().IsPrimitive || !seen.Add(value))
            return;
        Assert.False(value is ISymbol or SyntaxNode or SyntaxTree or Compilation or SemanticModel, $"A step holds a {value.GetType()}.");
        if (value is DiagnosticDescriptor or System.Type)
            return;
        if (value is System.Collections.IEnumerable items)
        {
            foreach (var item in items)
                AssertHoldsNoSymbols(item, seen);
        }

        foreach (var field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
        {
            if (!field.FieldType.IsPrimitive && !field.FieldType.IsEnum && field.FieldType.Assembly == value.GetType().Assembly)
                AssertHoldsNoSymbols(field.GetValue(value), seen);
        }
    }
}
