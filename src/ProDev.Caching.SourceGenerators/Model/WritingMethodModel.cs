using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>A method that replaces or removes cached results after it has run.</summary>
/// <param name="Method">The method.</param>
/// <param name="Puts">The cached methods one result of which its own result replaces.</param>
/// <param name="Keys">The cached methods one result of which it removes by its own parameters.</param>
/// <param name="Tags">The tags it removes results by.</param>
internal sealed record WritingMethodModel(
    MethodModel Method,
    EquatableArray<CachedMethodModel> Puts,
    EquatableArray<CachedMethodModel> Keys,
    EquatableArray<TagTemplate> Tags);
