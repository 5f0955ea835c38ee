using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ProDev.Jobs.SourceGenerators;

/// <summary>Finds argument types that obviously cannot become JSON and back: the type itself and its public properties, one level deep.</summary>
internal static class ArgumentRule
{
    private const string JsonNamespace = "System.Text.Json.Serialization";

    public static string? Obstacle(ITypeSymbol args)
    {
        if (HasJsonAttribute(args))
            return null;
        if (Own(args) is { } own)
            return $"it is {own}";
        if (args is INamedTypeSymbol { IsAbstract: true, TypeKind: TypeKind.Class })
            return "it is abstract, and no [JsonDerivedType] says what to create";

        foreach (IPropertySymbol property in args.GetMembers().OfType<IPropertySymbol>())
        {
            bool counts = property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public } && !HasJsonAttribute(property);
            if (counts && !HasJsonAttribute(property.Type) && Own(property.Type) is { } part)
                return $"its property '{property.Name}' is {part}";
        }

        return null;
    }

    private static string? Own(ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Delegate || type.SpecialType is SpecialType.System_Delegate or SpecialType.System_MulticastDelegate)
            return "a delegate";
        if (type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer || type.IsRefLikeType)
            return "a pointer or ref struct";
        if (type.SpecialType == SpecialType.System_Object || type.TypeKind == TypeKind.Dynamic)
            return "of type object, which would come back as JSON text";
        if (type.TypeKind == TypeKind.Interface && !IsCollection(type))
            return "an interface, and JSON does not say what to create";
        if (type.IsTupleType)
            return "a tuple, whose elements are fields, which JSON leaves out";
        if (Elements(type).Any(static e => e.IsTupleType))
            return "a collection of tuples, whose elements are fields, which JSON leaves out";
        if (type.Is("System.Threading.CancellationToken"))
            return "a CancellationToken, which RunAsync receives anyway";
        for (ITypeSymbol? each = type; each is not null; each = each.BaseType)
        {
            if (each.Is("System.IO.Stream"))
                return "a stream";
            if (each.Is("System.Threading.Tasks.Task"))
                return "a task";
        }

        return null;
    }

    private static ImmutableArray<ITypeSymbol> Elements(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => [array.ElementType],
        INamedTypeSymbol named => named.TypeArguments,
        _ => [],
    };

    private static bool IsCollection(ITypeSymbol type)
        => type.ContainingNamespace?.ToDisplayString() is "System.Collections" or "System.Collections.Generic" or "System.Collections.Immutable";

    private static bool HasJsonAttribute(ISymbol symbol)
        => symbol.GetAttributes().Any(a => a.AttributeClass is { } attribute
            && attribute.ContainingNamespace.ToDisplayString() == JsonNamespace
            && attribute.Name is "JsonConverterAttribute" or "JsonDerivedTypeAttribute" or "JsonPolymorphicAttribute" or "JsonIgnoreAttribute");
}
