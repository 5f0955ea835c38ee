using Microsoft.CodeAnalysis;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>
/// Which results callers can share because nobody can change them: values, texts, and records, sealed classes and read-only
/// collections of such. What the declaration does not prove is taken to be mutable.
/// </summary>
internal static class ImmutableTypes
{
    private static readonly HashSet<string> KnownClasses =
    [
        "System.Uri", "System.Version", "System.Type", "System.TimeZoneInfo", "System.Text.RegularExpressions.Regex", "System.Text.Encoding",
    ];

    // Those who get one cannot change it; what it holds is judged by itself. Who made it is trusted to let go of it.
    private static readonly HashSet<string> ReadOnlyCollections =
    [
        "System.Collections.Generic.IReadOnlyCollection`1", "System.Collections.Generic.IReadOnlyList`1", "System.Collections.Generic.IReadOnlySet`1",
        "System.Collections.Generic.IReadOnlyDictionary`2", "System.Collections.ObjectModel.ReadOnlyCollection`1",
        "System.Collections.ObjectModel.ReadOnlyDictionary`2", "System.Collections.ObjectModel.ReadOnlySet`1", "System.ReadOnlyMemory`1", "System.Linq.ILookup`2",
    ];

    private static readonly HashSet<string> ReadOnlyNamespaces = ["System.Collections.Immutable", "System.Collections.Frozen"];

    public static bool IsProven(ITypeSymbol type) => IsProven(type, new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default));

    /// <summary>Whether the type is declared immutable, whatever it looks like.</summary>
    public static bool IsDeclared(ITypeSymbol type) => type.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.Is("System.ComponentModel.ImmutableObjectAttribute") == true
        && attribute.ConstructorArguments.FirstOrDefault().Value is true);

    private static bool IsProven(ITypeSymbol type, HashSet<ITypeSymbol> seen)
    {
        // A type that holds itself is immutable if all the rest of it is.
        if (!seen.Add(type) || type.IsUnmanagedType || type.SpecialType == SpecialType.System_String || IsDeclared(type))
            return true;
        if (type is not INamedTypeSymbol named)
            return false;
        var name = named.OriginalDefinition.FullMetadataName();
        if (KnownClasses.Contains(name))
            return true;
        if (ReadOnlyCollections.Contains(name) || IsReadOnlyCollectionClass(named))
            return named.TypeArguments.All(argument => IsProven(argument, seen));
        return named switch
        {
            { IsTupleType: true } => named.TupleElements.All(element => IsProven(element.Type, seen)),
            { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => IsProven(named.TypeArguments[0], seen),
            { TypeKind: TypeKind.Struct } => AreMembersProven(named, seen, mayBeSet: true),
            { TypeKind: TypeKind.Class } when named.IsRecord || (named.IsSealed && named.Locations.Any(location => location.IsInSource)) =>
                AreMembersProven(named, seen, mayBeSet: false),
            _ => false,
        };
    }

    private static bool IsReadOnlyCollectionClass(INamedTypeSymbol type) =>
        type.IsGenericType && type.Name != "Builder" && ReadOnlyNamespaces.Contains(type.ContainingNamespace.ToDisplayString());

    // A struct is copied to each caller, so that only what it refers to counts.
    private static bool AreMembersProven(INamedTypeSymbol type, HashSet<ITypeSymbol> seen, bool mayBeSet)
    {
        for (var current = type; current is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers().Where(member => !member.IsStatic))
            {
                var isProven = member switch
                {
                    IFieldSymbol { IsImplicitlyDeclared: false } field => (mayBeSet || field.IsReadOnly) && IsProven(field.Type, seen),
                    IPropertySymbol property when property.Name != "EqualityContract" =>
                        (mayBeSet || property.SetMethod is null or { IsInitOnly: true }) && (!KeyTypes.IsCompared(property) || IsProven(property.Type, seen)),
                    IEventSymbol => false,
                    _ => true,
                };
                if (!isProven)
                    return false;
            }
        }

        return true;
    }
}
