namespace ProDev.Caching.SourceGenerators;

/// <summary>A service that says what results depend on besides the arguments.</summary>
/// <param name="Property">Its property of the decorator's <c>Parts</c>.</param>
/// <param name="Type">Its type.</param>
internal sealed record AmbientPart(string Property, string Type);
