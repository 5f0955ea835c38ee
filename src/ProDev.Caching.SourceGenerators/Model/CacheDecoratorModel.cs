using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>A decorator to write. Methods that are in neither list are passed through.</summary>
/// <param name="Interface">The interface.</param>
/// <param name="IsOpen">Whether it is generic and not closed, so that there is no decorator, only what callers need to name.</param>
/// <param name="Invalidator">The interface by which results are removed.</param>
/// <param name="Parts">What results depend on besides the arguments.</param>
/// <param name="Cached">The methods whose results are cached.</param>
/// <param name="Writing">The methods that replace or remove results.</param>
internal sealed record CacheDecoratorModel(
    InterfaceModel Interface,
    bool IsOpen,
    InvalidatorModel? Invalidator,
    EquatableArray<AmbientPart> Parts,
    EquatableArray<CachedMethodModel> Cached,
    EquatableArray<WritingMethodModel> Writing)
{
    public string ClassName => $"{Interface.Stem}CacheDecorator";
}
