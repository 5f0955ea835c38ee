using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ProDev.Shared.SourceGeneration;

/// <summary>How symbols are written in generated code and in messages.</summary>
internal static class TypeNames
{
    private static readonly SymbolDisplayFormat Code = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat Identity =
        SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    /// <summary>The name for code: <c>global::Atlas.City?</c>.</summary>
    public static string ForCode(this ITypeSymbol type) => type.ToDisplayString(Code);

    /// <summary>The name for what is kept between builds: the same whether nullable annotations are on or off, different for every type.</summary>
    public static string ForIdentity(this ITypeSymbol type) => type.ToDisplayString(Identity).Replace(", ", ",");

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

    /// <summary>Whether code of an assembly can name the type.</summary>
    public static bool CanBeSeenIn(this ITypeSymbol type, IAssemblySymbol assembly)
    {
        if (type is IArrayTypeSymbol array)
            return array.ElementType.CanBeSeenIn(assembly);
        for (var current = type as INamedTypeSymbol; current is not null; current = current.ContainingType)
        {
            var isVisible = current.DeclaredAccessibility == Accessibility.Public
                || (current.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedOrInternal
                    && (SymbolEqualityComparer.Default.Equals(current.ContainingAssembly, assembly) || current.ContainingAssembly.GivesAccessTo(assembly)));
            if (current.IsFileLocal || !isVisible || !current.TypeArguments.All(argument => argument.CanBeSeenIn(assembly)))
                return false;
        }

        return true;
    }

    public static bool IsObsolete(this ISymbol symbol) =>
        symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Is("System.ObsoleteAttribute") == true);

    /// <summary>An identifier, with <c>@</c> where it is a keyword, or becomes one inside a method.</summary>
    public static string Escape(string identifier) =>
        SyntaxFacts.GetKeywordKind(identifier) == SyntaxKind.None && identifier is not ("await" or "field") ? identifier : $"@{identifier}";
}
