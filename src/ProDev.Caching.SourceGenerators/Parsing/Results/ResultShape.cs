using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>
/// A hash of what a result is made of: the names and types of its public members, all the way down. It is part of every key, so
/// that a build whose results look different does not read what another one has written.
/// </summary>
internal static class ResultShape
{
    public static string Hash(ITypeSymbol type)
    {
        var text = new StringBuilder();
        Describe(type, text, new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default));
        return Fnv(text.ToString()).ToString("x16", CultureInfo.InvariantCulture);
    }

    private static void Describe(ITypeSymbol type, StringBuilder text, HashSet<ITypeSymbol> seen)
    {
        text.Append(Name(type)).Append(';');
        if (!seen.Add(type))
            return;
        foreach (var part in Parts(type))
            Describe(part, text, seen);
        if (type is not INamedTypeSymbol named || type.SpecialType != SpecialType.None || named.IsTupleType || IsOfThePlatform(named))
            return;

        text.Append('{');
        foreach (var (name, memberType) in Members(named).OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            text.Append(name).Append(':');
            Describe(memberType, text, seen);
        }

        text.Append('}');
    }

    private static ImmutableArray<ITypeSymbol> Parts(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => [array.ElementType],
        INamedTypeSymbol named => named.TypeArguments,
        _ => [],
    };

    // An enum is stored by its numbers; a name that gets another one is another shape.
    private static IEnumerable<(string Name, ITypeSymbol Type)> Members(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Enum)
            return type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue)
                .Select(field => ($"{field.Name}={Convert.ToString(field.ConstantValue, CultureInfo.InvariantCulture)}", (ITypeSymbol)type.EnumUnderlyingType!));
        var declaring = type.TypeKind == TypeKind.Interface ? type.AllInterfaces.Insert(0, type) : Bases(type);
        return declaring.SelectMany(current => current.GetMembers())
            .Where(member => member is { IsStatic: false, DeclaredAccessibility: Accessibility.Public })
            .Select(member => member switch
            {
                IPropertySymbol { IsIndexer: false } property => (property.Name, property.Type),
                IFieldSymbol field => (field.Name, field.Type),
                _ => (Name: "", Type: (ITypeSymbol?)null),
            })
            .Where(member => member.Type is not null)
            .Select(member => (member.Name, member.Type!));
    }

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
            yield return current;
    }

    private static bool IsOfThePlatform(INamedTypeSymbol type)
    {
        var space = type.ContainingNamespace?.ToDisplayString() ?? "";
        return space == "System" || space.StartsWith("System.", StringComparison.Ordinal);
    }

    private static string Name(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => $"[{array.Rank.ToString(CultureInfo.InvariantCulture)}]",
        INamedTypeSymbol named => named.OriginalDefinition.FullMetadataName(),
        _ => type.Name,
    };

    private static ulong Fnv(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text)
            hash = unchecked((hash ^ character) * 1099511628211UL);
        return hash;
    }
}
