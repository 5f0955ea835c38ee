using Microsoft.CodeAnalysis;

namespace ProDev.Jobs.SourceGenerators;

/// <summary>The properties of an argument type that become JSON.</summary>
internal static class ArgumentProperties
{
    private const string JsonNamespace = "System.Text.Json.Serialization";

    /// <summary>
    /// By their names in C#; the value is the name in JSON if an attribute gives it, otherwise the same, to which the program applies its naming policy. Null where that
    /// is not known at compile time: dictionaries, and types with a converter.
    /// </summary>
    public static IReadOnlyDictionary<string, string>? Of(ITypeSymbol args)
    {
        if (Attribute(args, "JsonConverterAttribute") is not null || Implements(args, "System.Collections.IDictionary")
            || Implements(args, "System.Collections.Generic.IReadOnlyDictionary`2"))
        {
            return null;
        }

        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (args.SpecialType != SpecialType.None || args.TypeKind is TypeKind.Array or TypeKind.Enum || Implements(args, "System.Collections.IEnumerable"))
            return names;
        for (ITypeSymbol? type = args; type is not null && type.SpecialType != SpecialType.System_Object; type = type.BaseType)
        {
            foreach (ISymbol member in type.GetMembers().Where(IsWritten))
            {
                if (!names.ContainsKey(member.Name))
                    names.Add(member.Name, Attribute(member, "JsonPropertyNameAttribute")?.ConstructorArguments[0].Value as string ?? member.Name);
            }
        }

        return names;
    }

    private static bool IsWritten(ISymbol member)
    {
        bool isIncluded = Attribute(member, "JsonIncludeAttribute") is not null;
        bool isCandidate = member switch
        {
            IPropertySymbol { IsStatic: false, IsIndexer: false, GetMethod: { } get } => isIncluded || get.DeclaredAccessibility == Accessibility.Public,
            IFieldSymbol { IsStatic: false, IsImplicitlyDeclared: false } => isIncluded,
            _ => false,
        };
        return isCandidate && member.Name != "EqualityContract" && !IsAlwaysIgnored(member);
    }

    private static bool IsAlwaysIgnored(ISymbol member)
        => Attribute(member, "JsonIgnoreAttribute") is { } ignore
            && (ignore.NamedArguments.Length == 0 || ignore.NamedArguments[0].Value.Value is 1);

    private static bool Implements(ITypeSymbol type, string contract) => type.Is(contract) || type.AllInterfaces.Any(i => i.Is(contract));

    private static AttributeData? Attribute(ISymbol symbol, string name)
        => symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass is { } attribute
            && attribute.Name == name && attribute.ContainingNamespace.ToDisplayString() == JsonNamespace);
}
