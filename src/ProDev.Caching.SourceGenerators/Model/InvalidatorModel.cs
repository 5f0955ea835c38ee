using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>The interface by which an application removes cached results of a service by their arguments.</summary>
/// <param name="Name">Its name without a namespace.</param>
/// <param name="FullName">Its name for code, type arguments included.</param>
/// <param name="IsPublic">Whether other assemblies see it.</param>
/// <param name="IsDeclaredHere">Whether this compilation declares it; else the one of the interface does.</param>
/// <param name="Methods">Its methods.</param>
internal sealed record InvalidatorModel(string Name, string FullName, bool IsPublic, bool IsDeclaredHere, EquatableArray<InvalidatorMethod> Methods);

/// <summary>A method of an invalidator: one for all cached methods of the same name and types.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Token">The name of its last parameter.</param>
/// <param name="Targets">The cached methods whose results it removes. The first one names its parameters.</param>
internal sealed record InvalidatorMethod(string Name, string Token, EquatableArray<CachedMethodModel> Targets)
{
    public IEnumerable<KeyPart> Parameters => Targets[0].Key.Where(part => part.Ambient is null);

    public EquatableArray<TypeParameterModel> TypeParameters => Targets[0].Method.TypeParameters;
}
