namespace ProDev.Shared.SourceGeneration;

/// <summary>A property, or an indexer when it has parameters.</summary>
internal sealed record PropertyModel(
    string DeclaringType,
    bool IsInherited,
    string Name,
    string Type,
    bool ReturnsReference,
    bool HasGetter,
    bool HasSetter,
    EquatableArray<ParameterModel> Parameters)
{
    public bool IsIndexer => Parameters.Count > 0;
}
