using Microsoft.CodeAnalysis;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>The attributes the generator reads, and how to read them.</summary>
internal static class CachingAttributes
{
    public const string Cached = "ProDev.Caching.CachedAttribute";
    public const string CachePut = "ProDev.Caching.CachePutAttribute";
    public const string CacheInvalidates = "ProDev.Caching.CacheInvalidatesAttribute";
    public const string CacheKeyIgnore = "ProDev.Caching.CacheKeyIgnoreAttribute";
    public const string CacheVaryBy = "ProDev.Caching.CacheVaryByAttribute`1";

    public static IEnumerable<AttributeData> Find(ISymbol symbol, string name) =>
        symbol.GetAttributes().Where(attribute => attribute.AttributeClass?.Is(name) == true);

    public static bool Has(ISymbol symbol, string name) => Find(symbol, name).Any();

    /// <summary>What a property is set to; null when it is not set.</summary>
    public static object? Value(AttributeData attribute, string property) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == property).Value is { Kind: not (TypedConstantKind.Error or TypedConstantKind.Array) } value
            ? value.Value
            : null;

    public static IEnumerable<string> Strings(AttributeData attribute, string property)
    {
        var value = attribute.NamedArguments.FirstOrDefault(argument => argument.Key == property).Value;
        return value.Kind == TypedConstantKind.Array && !value.IsNull ? value.Values.Select(item => item.Value as string ?? "") : [];
    }
}
