using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace ProDev.Caching.CodeFixes;

/// <summary>Puts <c>[CacheKeyIgnore]</c> on a parameter that cannot be, or has no place, in a key (PDC005, PDC012).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(IgnoreInKeyFix)), Shared]
internal sealed class IgnoreInKeyFix : CodeFixProvider
{
    private const string Title = "Leave the parameter out of the key";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["PDC005", "PDC012"];

    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<ParameterSyntax>() is not { } parameter)
            return;
        context.RegisterCodeFix(
            CodeAction.Create(Title, _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(parameter, Mark(parameter)))), equivalenceKey: Title),
            context.Diagnostics);
    }

    private static ParameterSyntax Mark(ParameterSyntax parameter)
    {
        var name = SyntaxFactory.ParseName("global::ProDev.Caching.CacheKeyIgnore").WithAdditionalAnnotations(Simplifier.Annotation);
        var attributes = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(name))).WithTrailingTrivia(SyntaxFactory.Space);
        var leading = parameter.GetLeadingTrivia();
        var bare = parameter.WithoutLeadingTrivia();
        return bare.WithAttributeLists(bare.AttributeLists.Add(attributes)).WithLeadingTrivia(leading);
    }
}
