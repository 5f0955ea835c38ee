using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>A decorator to write. Methods that are in neither list are passed through.</summary>
internal sealed record CacheDecoratorModel(
    InterfaceModel Interface,
    EquatableArray<CachedMethodModel> Cached,
    EquatableArray<InvalidatingMethodModel> Invalidating)
{
    public string ClassName => $"{Interface.Stem}CacheDecorator";
}
