using Microsoft.CodeAnalysis;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>
/// Which types can be part of a key: those that are equal by value, compare without allocating, and cannot change after the
/// call. All that is asked is answered by the type's declaration.
/// </summary>
internal static class KeyTypes
{
    // Immutable classes of the platform that are equal by value.
    private static readonly HashSet<string> KnownClasses = ["System.Uri", "System.Version", "System.Type"];

    // Structs that are equal when they show the same memory, whatever is in it.
    private static readonly HashSet<string> Views =
    [
        "System.Memory`1", "System.ReadOnlyMemory`1", "System.ArraySegment`1", "System.Collections.Immutable.ImmutableArray`1",
    ];

    /// <summary>Why the type cannot be part of a key, as the end of a sentence, or null.</summary>
    public static string? Objection(ITypeSymbol type) => Objection(type, new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default));

    /// <summary>Whether a single parameter of the type can be the key without a struct around it: it is never null.</summary>
    public static bool CanBeKeyItself(ITypeSymbol type) =>
        type.IsValueType && type.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T;

    private static string? Objection(ITypeSymbol type, HashSet<ITypeSymbol> seen)
    {
        if (!seen.Add(type))
            return null;
        var name = type.ForPeople();
        return type switch
        {
            { IsRefLikeType: true } => $"a '{name}' cannot be stored",
            ITypeParameterSymbol parameter => TypeParameterObjection(parameter, name),
            { TypeKind: TypeKind.Array } => $"arrays such as '{name}' are compared by reference",
            { TypeKind: TypeKind.Delegate } => $"delegates such as '{name}' have no value",
            { TypeKind: TypeKind.Interface } => $"the interface '{name}' does not say how values are compared",
            { TypeKind: TypeKind.Enum } => null,
            { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Dynamic } => $"'{name}' may be any type",
            { SpecialType: SpecialType.System_String } => null,
            INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => Objection(nullable.TypeArguments[0], seen),
            INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.Select(element => Objection(element.Type, seen)).FirstOrDefault(objection => objection is not null),
            INamedTypeSymbol { IsValueType: true } structure => StructObjection(structure, name, seen),
            INamedTypeSymbol { TypeKind: TypeKind.Class } @class => KnownClasses.Contains(@class.FullMetadataName()) ? null : ClassObjection(@class, name, seen),
            _ => $"'{name}' has no value",
        };
    }

    // What closes an interface is judged when it is closed.
    private static string? TypeParameterObjection(ITypeParameterSymbol type, string name) =>
        type.TypeParameterKind == TypeParameterKind.Type || type.ConstraintTypes.Any(constraint =>
            constraint.Is("System.IEquatable`1") && SymbolEqualityComparer.Default.Equals(((INamedTypeSymbol)constraint).TypeArguments[0], type))
            ? null
            : $"'{name}' may be any type; constrain it to IEquatable<{type.Name}>";

    private static string? StructObjection(INamedTypeSymbol type, string name, HashSet<ITypeSymbol> seen)
    {
        if (Views.Contains(type.OriginalDefinition.FullMetadataName()))
            return $"'{name}' is compared by the memory it shows, not by what is in it";
        if (type.Is("System.Threading.CancellationToken"))
            return "a token has nothing to do with the result; declare it as a CancellationToken, which is left out by itself";
        if (!IsEquatable(type))
            return $"the struct '{name}' does not implement IEquatable<{type.Name}>, so that comparing it allocates; make it a record struct";
        return type.IsRecord ? MemberObjection(type, name, seen, mayChange: true) : null;
    }

    private static string? ClassObjection(INamedTypeSymbol type, string name, HashSet<ITypeSymbol> seen)
    {
        if (!type.IsRecord && !IsEquatable(type) && !OverridesEquals(type))
            return $"the class '{name}' is compared by reference; make it a record of values, or take its values as parameters";
        return MemberObjection(type, name, seen, mayChange: false);
    }

    // Records compare their members; other types say themselves what makes them equal, but must not change either.
    private static string? MemberObjection(INamedTypeSymbol type, string name, HashSet<ITypeSymbol> seen, bool mayChange)
    {
        for (var current = type; current is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers().Where(member => !member.IsStatic))
            {
                var (memberType, isSettable) = member switch
                {
                    IPropertySymbol { IsIndexer: false } property when property.Name != "EqualityContract" => (property.Type, property.SetMethod is { IsInitOnly: false }),
                    IFieldSymbol { IsImplicitlyDeclared: false } field => (field.Type, !field.IsReadOnly),
                    _ => (null, false),
                };
                if (memberType is null)
                    continue;
                if (isSettable && !mayChange)
                    return $"'{name}' can change after the call: '{member.Name}' can be set; make it init-only";
                if (type.IsRecord && IsCompared(member) && Objection(memberType, seen) is { } objection)
                    return $"its member '{member.Name}' is compared, too, and {objection}";
            }
        }

        return null;
    }

    /// <summary>
    /// Whether a member of a record takes part in its equality, as all but computed properties do. In other assemblies that cannot be
    /// told, and it is taken to.
    /// </summary>
    public static bool IsCompared(ISymbol member) =>
        member is not IPropertySymbol property
        || !property.Locations.Any(location => location.IsInSource)
        || property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    private static bool IsEquatable(INamedTypeSymbol type) => type.AllInterfaces.Any(@interface =>
        @interface.Is("System.IEquatable`1") && SymbolEqualityComparer.Default.Equals(@interface.TypeArguments[0], type));

    private static bool OverridesEquals(INamedTypeSymbol type) =>
        type.GetMembers("Equals").OfType<IMethodSymbol>().Any(method => method is { IsOverride: true, Parameters.Length: 1 });
}
