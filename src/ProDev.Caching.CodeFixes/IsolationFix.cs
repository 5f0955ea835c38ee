using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace ProDev.Caching.CodeFixes;

/// <summary>Says in <c>[Cached]</c> whether callers share a mutable result or get copies (PDC011).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(IsolationFix)), Shared]
internal sealed class IsolationFix : CodeFixProvider
{
    // Copies come first: they are never wrong.
    private static readonly (string Member, string Title)[] Answers =
    [
        ("Copy", "Give every caller a copy"), ("Share", "Share the object: nobody changes it"),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["PDC011"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute)
            return;
        foreach (var (member, title) in Answers)
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    title,
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(attribute, attribute.AddArgumentListArguments(Argument(member))))),
                    equivalenceKey: title),
                context.Diagnostics);
        }
    }

    private static AttributeArgumentSyntax Argument(string member) => SyntaxFactory.AttributeArgument(
        SyntaxFactory.NameEquals("Isolation"),
        nameColon: null,
        SyntaxFactory.ParseExpression($"global::ProDev.Caching.ValueIsolation.{member}").WithAdditionalAnnotations(Simplifier.Annotation));
}
