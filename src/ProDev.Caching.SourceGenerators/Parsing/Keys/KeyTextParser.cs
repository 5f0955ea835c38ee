using Microsoft.CodeAnalysis;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>
/// Finds out how a type that can be part of a key is written as text: the values a writer knows, and tuples and positional records of
/// them. What is compared must be all that is written, and all that is needed to make an equal value.
/// </summary>
internal static class KeyTextParser
{
    private static readonly Dictionary<string, string> Readers = new()
    {
        ["System.Guid"] = "reader.ReadGuid()",
        ["System.DateTimeOffset"] = "reader.ReadDateTimeOffset()",
        ["System.TimeSpan"] = "reader.ReadTimeSpan()",
        ["System.DateOnly"] = "reader.ReadDateOnly()",
        ["System.TimeOnly"] = "reader.ReadTimeOnly()",
        ["System.Uri"] = "reader.ReadUri()!",
        ["System.Version"] = "reader.ReadVersion()!",
    };

    /// <summary>Appends the statements that write a value, and answers the expression that reads it; null when there is no text.</summary>
    public static string? Parse(ITypeSymbol type, string value, List<string> writes) => Parse(type, value, writes, []);

    private static string? Parse(ITypeSymbol type, string value, List<string> writes, IReadOnlyList<ITypeSymbol> outer)
    {
        // A type that holds itself would need a writer of its own.
        if (outer.Contains(type, SymbolEqualityComparer.Default))
            return null;
        if (Simple(type) is { } read)
        {
            writes.Add($"writer.Add({value});");
            return read;
        }

        IReadOnlyList<ITypeSymbol> path = [.. outer, type];
        return type switch
        {
            { TypeKind: TypeKind.Enum } => ParseEnum((INamedTypeSymbol)type, value, writes),
            INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable =>
                ParseNested(nullable.TypeArguments[0], value, writes, "AddNullable", "ReadNullable", "", (inner, name, statements) => Parse(inner, name, statements, path)),
            INamedTypeSymbol { IsTupleType: true } tuple => ParseTuple(tuple, value, writes, path),
            INamedTypeSymbol { IsRecord: true, IsValueType: true } record => ParseRecord(record, value, writes, path),
            INamedTypeSymbol { IsRecord: true, IsSealed: true } record =>
                ParseNested(record, value, writes, "AddReference", "ReadReference", "!", (inner, name, statements) => ParseRecord((INamedTypeSymbol)inner, name, statements, path)),
            _ => null,
        };
    }

    private static string? Simple(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_String => type.NullableAnnotation == NullableAnnotation.Annotated ? "reader.ReadString()" : "reader.ReadString()!",
        SpecialType.System_Boolean => "reader.ReadBoolean()",
        SpecialType.System_Char => "reader.ReadChar()",
        SpecialType.System_Int64 => "reader.ReadInt64()",
        SpecialType.System_UInt64 => "reader.ReadUInt64()",
        SpecialType.System_SByte or SpecialType.System_Int16 or SpecialType.System_Int32 => $"unchecked(({type.ForCode()})reader.ReadInt64())",
        SpecialType.System_Byte or SpecialType.System_UInt16 or SpecialType.System_UInt32 => $"unchecked(({type.ForCode()})reader.ReadUInt64())",
        SpecialType.System_Single => "reader.ReadSingle()",
        SpecialType.System_Double => "reader.ReadDouble()",
        SpecialType.System_Decimal => "reader.ReadDecimal()",
        SpecialType.System_DateTime => "reader.ReadDateTime()",
        _ => type is INamedTypeSymbol named && Readers.TryGetValue(named.FullMetadataName(), out var reader) ? reader : null,
    };

    private static string ParseEnum(INamedTypeSymbol type, string value, List<string> writes)
    {
        var isUnsigned = type.EnumUnderlyingType!.SpecialType is SpecialType.System_Byte or SpecialType.System_UInt16 or SpecialType.System_UInt32 or SpecialType.System_UInt64;
        writes.Add($"writer.Add(({(isUnsigned ? "ulong" : "long")}){value});");
        return $"unchecked(({type.ForCode()})reader.{(isUnsigned ? "ReadUInt64" : "ReadInt64")}())";
    }

    private static string? ParseNested(
        ITypeSymbol inner, string value, List<string> writes, string add, string readMethod, string suffix, Func<ITypeSymbol, string, List<string>, string?> parse)
    {
        var statements = new List<string>();
        if (parse(inner, "value", statements) is not { } read)
            return null;
        writes.Add($"writer.{add}({value}, static (writer, value) => {{ {string.Join(" ", statements)} }});");
        return $"reader.{readMethod}(static reader => {read}){suffix}";
    }

    private static string? ParseTuple(INamedTypeSymbol tuple, string value, List<string> writes, IReadOnlyList<ITypeSymbol> path)
    {
        if (tuple.TupleElements.Length < 2)
            return null;
        var reads = tuple.TupleElements.Select((element, index) => Parse(element.Type, $"{value}.Item{index + 1}", writes, path)).ToList();
        return reads.Contains(null) ? null : $"({string.Join(", ", reads)})";
    }

    // A record whose constructor takes all that is compared, and whose equality is the compiler's.
    private static string? ParseRecord(INamedTypeSymbol record, string value, List<string> writes, IReadOnlyList<ITypeSymbol> path)
    {
        var properties = record.GetMembers().OfType<IPropertySymbol>().Where(property => !property.IsStatic && property.Name != "EqualityContract").ToList();
        var constructor = record.InstanceConstructors.FirstOrDefault(candidate =>
            candidate.DeclaredAccessibility == Accessibility.Public && candidate.Parameters.Length > 0
            && candidate.Parameters.All(parameter => parameter.RefKind == RefKind.None && Property(parameter) is not null));
        if (constructor is null || record.BaseType is not { SpecialType: SpecialType.System_Object or SpecialType.System_ValueType }
            || properties.Any(property => KeyTypes.IsCompared(property) && constructor.Parameters.All(parameter => parameter.Name != property.Name))
            || record.GetMembers().OfType<IFieldSymbol>().Any(field => field is { IsStatic: false, IsImplicitlyDeclared: false })
            || record.GetMembers("Equals").OfType<IMethodSymbol>().Any(method => method.Locations.Any(location => location.IsInSource) && !method.IsImplicitlyDeclared))
        {
            return null;
        }

        var reads = constructor.Parameters.Select(parameter => Parse(parameter.Type, $"{value}.{TypeNames.Escape(parameter.Name)}", writes, path)).ToList();
        return reads.Contains(null) ? null : $"new {record.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ForCode()}({string.Join(", ", reads)})";

        IPropertySymbol? Property(IParameterSymbol parameter) => properties.FirstOrDefault(property =>
            property.Name == parameter.Name && KeyTypes.IsCompared(property) && property.DeclaredAccessibility == Accessibility.Public
            && SymbolEqualityComparer.Default.Equals(property.Type, parameter.Type));
    }
}
