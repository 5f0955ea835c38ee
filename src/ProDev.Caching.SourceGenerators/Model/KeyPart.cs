namespace ProDev.Caching.SourceGenerators;

/// <summary>A part of a key: a parameter of the method, or what a property of the decorator's <c>Parts</c> says at the call.</summary>
/// <param name="Name">The parameter's name, escaped; of an ambient part, a name no parameter has.</param>
/// <param name="Type">Its type.</param>
/// <param name="Ambient">The property of <c>Parts</c>; null for a parameter.</param>
internal sealed record KeyPart(string Name, string Type, string? Ambient)
{
    /// <summary>The value at a call with these parameters in scope.</summary>
    public string Value(string parts) => Ambient is null ? Name : $"{parts}.{Ambient}.Current";
}
