using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>A method whose results are cached.</summary>
/// <param name="Method">The method.</param>
/// <param name="StoreName">The member that holds its results; unique among overloads.</param>
/// <param name="Options">Assignments to <c>CacheEntryOptions</c>: what the attribute sets, and what the result's type tells.</param>
/// <param name="Key">The parts of the key.</param>
/// <param name="IsDirectKey">Whether the only part is a value that can be the key as it is.</param>
/// <param name="Text">The text of the key; null: it has none.</param>
/// <param name="Tags">The tags of its results.</param>
internal sealed record CachedMethodModel(
    MethodModel Method,
    string StoreName,
    EquatableArray<string> Options,
    EquatableArray<KeyPart> Key,
    bool IsDirectKey,
    KeyTextModel? Text,
    EquatableArray<TagTemplate> Tags)
{
    /// <summary>The type of the key: none, the parameter's own, or a struct written for the method.</summary>
    public string KeyType => HasKeyStruct ? KeyStruct + Method.TypeArguments : Key.Count == 0 ? "global::System.ValueTuple" : Key[0].Type;

    public string KeyStruct => $"{StoreName.TrimStart('@')}Key";

    // The stores of a generic method are told apart by the type of their keys.
    public bool HasKeyStruct => Method.IsGeneric || (Key.Count > 0 && !IsDirectKey);

    /// <summary>The type of the store.</summary>
    public string StoreType => $"global::ProDev.Caching.CachedMethod<{KeyType}, {Method.ResultType}>";

    /// <summary>Whether the key depends on more of the caller than the arguments, so that no call can be made without him.</summary>
    public bool IsAmbient => Key.Any(part => part.Ambient is not null);

    /// <summary>The store, given an expression for all of them.</summary>
    public string Store(string stores) => Method.IsGeneric ? $"{stores}.{StoreName}{Method.TypeArguments}()" : $"{stores}.{StoreName}";

    /// <summary>The key made of parameters in scope; writing methods have parameters of the same names.</summary>
    public string KeyExpression(string parts) => KeyOf(Key.Select(part => part.Value(parts)));

    /// <summary>The key made of these values.</summary>
    public string KeyOf(IEnumerable<string> values) => HasKeyStruct
        ? $"new {KeyType}({string.Join(", ", values)})"
        : Key.Count == 0 ? "default(global::System.ValueTuple)" : values.Single();
}
