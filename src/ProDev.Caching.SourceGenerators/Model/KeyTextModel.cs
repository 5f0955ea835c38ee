using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>How a key is written as text and read back.</summary>
/// <param name="Method">The interface, the method and the types of the key's parameters.</param>
/// <param name="Schema">A hash of the result's shape.</param>
/// <param name="Writes">Statements over <c>writer</c> and <c>key</c>.</param>
/// <param name="Reads">Expressions over <c>reader</c>, one for each part of the key.</param>
internal sealed record KeyTextModel(string Method, string Schema, EquatableArray<string> Writes, EquatableArray<string> Reads);
