using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>A method whose results are cached.</summary>
/// <param name="Method">The method.</param>
/// <param name="StoreName">The property that holds its results; unique among overloads.</param>
/// <param name="Expiration">Ticks, or null for the cache's default.</param>
/// <param name="Key">The parameters that make the key.</param>
/// <param name="IsDirectKey">Whether the only parameter is a value that can be the key as it is.</param>
/// <param name="Tags">The tags of its results.</param>
internal sealed record CachedMethodModel(
    MethodModel Method,
    string StoreName,
    long? Expiration,
    EquatableArray<ParameterModel> Key,
    bool IsDirectKey,
    EquatableArray<TagTemplate> Tags)
{
    /// <summary>The type of the key: none, the parameter's own, or a struct written for the method.</summary>
    public string KeyType => Key.Count == 0 ? "global::System.ValueTuple" : IsDirectKey ? Key[0].Type : KeyStruct;

    public string KeyStruct => $"{StoreName.TrimStart('@')}Key";

    public bool HasKeyStruct => Key.Count > 0 && !IsDirectKey;

    /// <summary>The key made of parameters in scope; invalidating methods have parameters of the same names.</summary>
    public string KeyExpression => Key.Count == 0
        ? "default(global::System.ValueTuple)"
        : IsDirectKey ? Key[0].Name : $"new {KeyStruct}({string.Join(", ", Key.Select(parameter => parameter.Name))})";
}
