using Microsoft.CodeAnalysis;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>The attributes the generator reads, and how to read them.</summary>
internal static class CachingAttributes
{
    public const string Cached = "ProDev.Caching.CachedAttribute";
    public const string CacheInvalidates = "ProDev.Caching.CacheInvalidatesAttribute";
    public const string CacheKeyIgnore = "ProDev.Caching.CacheKeyIgnoreAttribute";

    public static IEnumerable<AttributeData> Find(ISymbol symbol, string name) =>
        symbol.GetAttributes().Where(attribute => attribute.AttributeClass?.Is(name) == true);

    public static string? String(AttributeData attribute, string property) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == property).Value.Value as string;

    public static IEnumerable<string> Strings(AttributeData attribute, string property)
    {
        var value = attribute.NamedArguments.FirstOrDefault(argument => argument.Key == property).Value;
        return value.Kind == TypedConstantKind.Array && !value.IsNull ? value.Values.Select(item => item.Value as string ?? "") : [];
    }
}
