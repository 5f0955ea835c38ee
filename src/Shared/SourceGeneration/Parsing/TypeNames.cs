using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ProDev.Shared.SourceGeneration;

/// <summary>How symbols are written in generated code and in messages.</summary>
internal static class TypeNames
{
    private static readonly SymbolDisplayFormat Code = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>The name for code: <c>global::Atlas.City?</c>.</summary>
    public static string ForCode(this ITypeSymbol type) => type.ToDisplayString(Code);

    /// <summary>The name for messages: <c>Atlas.City</c>.</summary>
    public static string ForPeople(this ISymbol symbol) => symbol.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);

    /// <summary>Whether the type, or the generic type it closes, has this full name (<c>System.Threading.Tasks.Task`1</c>).</summary>
    public static bool Is(this ITypeSymbol type, string metadataName) =>
        type.OriginalDefinition is INamedTypeSymbol named && named.FullMetadataName() == metadataName;

    public static string FullMetadataName(this INamedTypeSymbol type)
    {
        var name = type.MetadataName;
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            name = $"{outer.MetadataName}+{name}";
        return type.ContainingNamespace is { IsGlobalNamespace: false } space ? $"{space.ToDisplayString()}.{name}" : name;
    }

    /// <summary>An identifier, with <c>@</c> where it is a keyword, or becomes one inside a method.</summary>
    public static string Escape(string identifier) =>
        SyntaxFacts.GetKeywordKind(identifier) == SyntaxKind.None && identifier is not ("await" or "field") ? identifier : $"@{identifier}";
}
