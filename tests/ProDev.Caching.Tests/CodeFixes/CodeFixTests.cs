using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using ProDev.Caching.CodeFixes;

namespace ProDev.Caching.Tests;

public sealed class CodeFixTests
{
    [Fact]
    public Task A_tool_is_left_out_of_the_key() => AssertFixed(
        new IgnoreInKeyFix(),
        "public interface ICatalog { [Cached] Task<int> CountAsync(int id, /* tools */ IServiceProvider services); }",
        "public interface ICatalog { [Cached] Task<int> CountAsync(int id, /* tools */ [CacheKeyIgnore] IServiceProvider services); }",
        "Leave the parameter out of the key");

    [Fact]
    public Task What_cannot_be_compared_is_left_out_of_the_key() => AssertFixed(
        new IgnoreInKeyFix(),
        "public interface ICatalog { [Cached] Task<int> CountAsync(params int[] hints); }",
        "public interface ICatalog { [Cached] Task<int> CountAsync([CacheKeyIgnore] params int[] hints); }",
        "Leave the parameter out of the key");

    [Fact]
    public Task A_tenant_is_made_part_of_the_key() => AssertFixed(
        new KeepInKeyFix(),
        "public interface ICatalog { [Cached] Task<int> CountAsync(int id, [CacheKeyIgnore] string tenant); }",
        "public interface ICatalog { [Cached] Task<int> CountAsync(int id, string tenant); }",
        "Make the parameter part of the key");

    [Theory]
    [InlineData("Cached", "Cached(Isolation = ValueIsolation.Copy)", "Give every caller a copy")]
    [InlineData("Cached(Weight = 2)", "Cached(Weight = 2, Isolation = ValueIsolation.Share)", "Share the object: nobody changes it")]
    public Task A_mutable_result_gets_an_answer(string before, string after, string title) => AssertFixed(
        new IsolationFix(),
        $"public interface ICatalog {{ [{before}] Task<int[]> FindAsync(); }}",
        $"public interface ICatalog {{ [{after}] Task<int[]> FindAsync(); }}",
        title);

    // Applies the fix as an editor does, and asks the generator whether it has anything left to say.
    private static async Task AssertFixed(CodeFixProvider provider, string source, string expected, string title)
    {
        using var workspace = new AdhocWorkspace();
        var compilation = GeneratorHarness.Compile(source);
        var project = workspace.AddProject("Atlas", LanguageNames.CSharp)
            .WithParseOptions(compilation.SyntaxTrees[0].Options)
            .WithCompilationOptions(compilation.Options)
            .WithMetadataReferences(compilation.References);
        var document = project.AddDocument("Source0.cs", compilation.SyntaxTrees[0].GetText(), filePath: "Source0.cs");
        var finding = Assert.Single(GeneratorHarness.Diagnose(source));
        Assert.Contains(finding.Id, provider.FixableDiagnosticIds);
        var actions = new List<CodeAction>();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => actions.Add(action), CancellationToken.None));

        var operations = await actions.Single(action => action.Title == title).GetOperationsAsync(CancellationToken.None);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
        var text = (await changed.GetTextAsync()).ToString();

        Assert.EndsWith("\n" + expected, text, StringComparison.Ordinal);
        Assert.Empty(GeneratorHarness.Diagnose(expected));
    }
}
