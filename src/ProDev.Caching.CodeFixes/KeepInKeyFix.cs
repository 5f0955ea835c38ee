using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProDev.Caching.CodeFixes;

/// <summary>Takes <c>[CacheKeyIgnore]</c> off a parameter that looks like what results depend on (PDC013).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeepInKeyFix)), Shared]
internal sealed class KeepInKeyFix : CodeFixProvider
{
    private const string Title = "Make the parameter part of the key";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["PDC013"];

    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var parameter = root?.FindNode(context.Span).FirstAncestorOrSelf<ParameterSyntax>();
        var attribute = parameter?.AttributeLists.SelectMany(list => list.Attributes).FirstOrDefault(IsIgnore);
        if (root is null || attribute?.Parent is not AttributeListSyntax list)
            return;
        SyntaxNode removed = list.Attributes.Count == 1 ? list : attribute;
        context.RegisterCodeFix(
            CodeAction.Create(
                Title,
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.RemoveNode(removed, SyntaxRemoveOptions.KeepLeadingTrivia)!)),
                equivalenceKey: Title),
            context.Diagnostics);
    }

    private static bool IsIgnore(AttributeSyntax attribute) => attribute.Name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    } is "CacheKeyIgnore" or "CacheKeyIgnoreAttribute";
}
